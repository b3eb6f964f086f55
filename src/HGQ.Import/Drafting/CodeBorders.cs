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
                SummandRange summands = Summands(factor, shift, least, most);
                if ((!factor.IsZero || _first.Length == 0) && !summands.IsEmpty)
                {
                    return (_falls ? -factor : factor, summands.Roundest(), shift);
                }
            }
        }

        return null;
    }

    /// <summary>One summand for many functions, of which number n is shifted by n more times a second factor.</summary>
    public static BigInteger? Summand(
        CodeBorders[] rows, BigInteger firstRow, BigInteger rowFactor, BigInteger factor, BigInteger least, BigInteger most, int shift)
    {
        var all = new SummandRange(null, null);
        for (var n = 0; n < rows.Length; n++)
        {
            // A function that falls has its arguments negated.
            BigInteger own = rows[n]._falls ? -factor : factor, moved = rowFactor * (firstRow + n);
            SummandRange one = rows[n].Summands(own, shift, least, most);
            all = all.AtLeast(one.Low - moved).AtMost(one.High - moved);
            if (all.IsEmpty)
            {
                return null;
            }
        }

        return all.Roundest();
    }

    // The summands with which every border stays between the same two arguments. Where results are clipped anyway, nothing is asked.
    private SummandRange Summands(BigInteger factor, int shift, BigInteger least, BigInteger most)
    {
        var range = new SummandRange(null, null);
        for (var n = 0; n < _first.Length && !range.IsEmpty; n++)
        {
            BigInteger border = Border(Least + n + 1, shift);
            range = range.AtLeast(border - (factor * _first[n])).AtMost(border - (factor * (_first[n] - 1)) - 1);
        }

        range = Least > least ? range.AtLeast(Border(Least, shift) - (factor * (factor.Sign < 0 ? _high : _low))) : range;
        return Most < most ? range.AtMost(Border(Most + 1, shift) - (factor * (factor.Sign < 0 ? _low : _high)) - 1) : range;
    }

    // The least sum that rounding half to even, behind the shift, makes at least the code.
    private static BigInteger Border(BigInteger code, int shift) => shift == 0
        ? code
        : (((2 * code) - 1) << (shift - 1)) + (code.IsEven ? 0 : 1);

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
