using System;
using System.Numerics;
using HGQ.Import.Exact;

namespace HGQ.Import.Drafting;

/// <summary>Where a monotone function of integers, with integer values, steps from one value to the next.</summary>
internal sealed class CodeBorders
{
    private const int MostCodes = 1 << 16;

    // First argument, in the direction in which the function rises, of each value above the least.
    private readonly BigInteger[] _first;
    private readonly BigInteger _low;
    private readonly BigInteger _high;
    private readonly Rational _slope;
    private readonly bool _falls;

    private CodeBorders(BigInteger[] first, BigInteger low, BigInteger high, BigInteger least, Rational slope, bool falls)
        => (_first, _low, _high, Least, _slope, _falls) = (first, low, high, least, slope, falls);

    /// <summary>Least value.</summary>
    public BigInteger Least { get; }

    /// <summary>Largest value.</summary>
    public BigInteger Most => Least + _first.Length;

    /// <summary>Finds the borders, or null where there are too many.</summary>
    /// <param name="code">The function.</param>
    /// <param name="low">Least argument.</param>
    /// <param name="high">Largest argument.</param>
    /// <param name="slope">Its slope where nothing clips.</param>
    public static CodeBorders? Find(Func<BigInteger, BigInteger> code, BigInteger low, BigInteger high, Rational slope)
    {
        bool falls = slope.Sign < 0;
        Func<BigInteger, BigInteger> rising = falls ? x => code(-x) : code;
        (low, high) = falls ? (-high, -low) : (low, high);
        BigInteger least = rising(low), most = rising(high);
        if (most - least > MostCodes)
        {
            return null;
        }

        var first = new BigInteger[(int)(most - least)];
        BigInteger distance = slope.IsZero ? BigInteger.One : (Rational.One / slope.Abs()).Floor();
        BigInteger from = low, guess = low;
        for (var n = 0; n < first.Length; n++)
        {
            first[n] = First(rising, least + n + 1, from, high, guess);
            from = first[n];

            // The next border is about one step of the codes further.
            guess = from + distance;
        }

        return new CodeBorders(first, low, high, least, slope.Abs(), falls);
    }

    /// <summary>A factor, a summand and a shift that step at the same arguments.</summary>
    /// <param name="least">Where results are clipped below; at most <see cref="Least"/>.</param>
    /// <param name="most">Where results are clipped above.</param>
    /// <param name="mostShift">Largest shift to try.</param>
    public (BigInteger Factor, BigInteger Summand, int Shift)? Multiplier(BigInteger least, BigInteger most, int mostShift)
    {
        for (var shift = 0; shift <= mostShift; shift++)
        {
            BigInteger floor = (_slope * Rational.PowerOfTwo(shift)).Floor();
            for (var extra = 0; extra <= 1; extra++)
            {
                BigInteger factor = floor + extra;
                if ((factor.IsZero && _first.Length > 0) || Summands(factor, shift, least, most) is not { } summands)
                {
                    continue;
                }

                return (_falls ? -factor : factor, Roundest(summands.Low, summands.High), shift);
            }
        }

        return null;
    }

    /// <summary>One summand for many functions, of which number n is shifted by n more times a second factor.</summary>
    public static BigInteger? Summand(
        CodeBorders[] rows, BigInteger firstRow, BigInteger rowFactor, BigInteger factor, BigInteger least, BigInteger most, int shift)
    {
        BigInteger? low = null, high = null;
        for (var n = 0; n < rows.Length; n++)
        {
            // A function that falls has its arguments negated.
            BigInteger own = rows[n]._falls ? -factor : factor, moved = rowFactor * (firstRow + n);
            if (rows[n].Summands(own, shift, least, most) is not { } one)
            {
                return null;
            }

            low = low is { } l ? BigInteger.Max(l, one.Low - moved) : one.Low - moved;
            high = high is { } h ? BigInteger.Min(h, one.High - moved) : one.High - moved;
            if (low > high)
            {
                return null;
            }
        }

        return low is { } a && high is { } b ? Roundest(a, b) : null;
    }

    // The summands with which every border stays between the same two arguments.
    private (BigInteger Low, BigInteger High)? Summands(BigInteger factor, int shift, BigInteger least, BigInteger most)
    {
        BigInteger? low = null, high = null;
        for (var n = 0; n < _first.Length; n++)
        {
            BigInteger border = Border(Least + n + 1, shift);
            BigInteger atLeast = border - (factor * _first[n]), atMost = border - (factor * (_first[n] - 1)) - 1;
            low = low is { } l ? BigInteger.Max(l, atLeast) : atLeast;
            high = high is { } h ? BigInteger.Min(h, atMost) : atMost;
            if (low > high)
            {
                return null;
            }
        }

        if (Least > least || low is null)
        {
            BigInteger atLeast = Border(Least, shift) - (factor * _low);
            low = low is { } l ? BigInteger.Max(l, atLeast) : atLeast;
        }

        if (Most < most || high is null)
        {
            BigInteger atMost = Border(Most + 1, shift) - (factor * _high) - 1;
            high = high is { } h ? BigInteger.Min(h, atMost) : atMost;
        }

        return low <= high ? (low.Value, high.Value) : null;
    }

    // The least sum that rounding half to even, behind the shift, makes at least the code.
    private static BigInteger Border(BigInteger code, int shift) => shift == 0
        ? code
        : (((2 * code) - 1) << (shift - 1)) + (code.IsEven ? 0 : 1);

    // The number between two others with the most trailing zeros: short in hardware.
    private static BigInteger Roundest(BigInteger low, BigInteger high)
    {
        if (low.Sign <= 0 && high.Sign >= 0)
        {
            return BigInteger.Zero;
        }

        for (var bits = (int)BigInteger.Max(BigInteger.Abs(low), BigInteger.Abs(high)).GetBitLength(); bits > 0; bits--)
        {
            BigInteger candidate = -((-low) >> bits) << bits;
            if (candidate <= high)
            {
                return candidate;
            }
        }

        return low;
    }

    private static BigInteger First(Func<BigInteger, BigInteger> code, BigInteger value, BigInteger low, BigInteger high, BigInteger guess)
    {
        guess = BigInteger.Max(low, BigInteger.Min(high, guess));
        BigInteger step = 1;
        if (code(guess) >= value)
        {
            // Down, in growing steps, until the value is no longer reached.
            high = guess;
            while (high > low && code(BigInteger.Max(low, high - step)) >= value)
            {
                high = BigInteger.Max(low, high - step);
                step *= 2;
            }

            low = BigInteger.Max(low, high - step);
        }
        else
        {
            low = guess;
            while (code(BigInteger.Min(high, low + step)) < value)
            {
                low = BigInteger.Min(high, low + step);
                step *= 2;
            }

            high = BigInteger.Min(high, low + step);
        }

        return Bisected(code, value, low, high);
    }

    // The value is reached at high; it may be at low.
    private static BigInteger Bisected(Func<BigInteger, BigInteger> code, BigInteger value, BigInteger low, BigInteger high)
    {
        while (low < high)
        {
            BigInteger middle = (low + high) >> 1;
            if (code(middle) >= value)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
