using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Lowering;

/// <summary>
/// A multiplier that stands for a division: rounding sum · Raw · 2^−FractionBits + Bias gives what rounding the exact
/// quotient gives, for every sum of an interval.
/// </summary>
/// <param name="Raw">Raw factor.</param>
/// <param name="FractionBits">Fraction bits of the factor.</param>
/// <param name="Bias">Raw offset with the fraction bits of the product of sum and factor.</param>
/// <remarks>
/// A quotient S·2^−s / n that does not lie on a border of rounding to f fraction bits (a multiple of 2^−(f+1)) is at least
/// δ = 2^−max(s, f+1) / n away from it. The product therefore rounds alike if its error stays below δ and, for a quotient
/// that lies on a border, has the sign which the rounding mode forgives.
/// </remarks>
internal readonly record struct Reciprocal(long Raw, int FractionBits, long Bias)
{
    // A factor of 63 bits leaves no room for the sum.
    private const int MostFractionBits = 62;

    /// <summary>The factor with the fewest bits, or null if no factor is proven.</summary>
    /// <param name="sums">Every raw sum that can occur.</param>
    /// <param name="sumBits">Fraction bits of the sums.</param>
    /// <param name="divisor">Number of terms n.</param>
    /// <param name="resultBits">Fraction bits f of the rounded result.</param>
    /// <param name="rounding">Its rounding.</param>
    public static Reciprocal? Find(RawInterval sums, int sumBits, int divisor, int resultBits, RoundingMode rounding)
    {
        int twos = TrailingZeros.Of((long)divisor);
        if (divisor >> twos == 1)
        {
            return new Reciprocal(1, twos, 0);
        }

        if (MeetsTies(sumBits, divisor, resultBits, rounding))
        {
            return null;
        }

        int fineness = System.Math.Max(0, resultBits + 1 - sumBits);
        for (int bits = fineness; bits <= MostFractionBits; bits++)
        {
            if (Try(sums, divisor, bits, fineness, rounding) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Whether quotients lie on ties that go to the even side, where no error of one sign is forgiven.</summary>
    public static bool MeetsTies(int sumBits, int divisor, int resultBits, RoundingMode rounding)
        => rounding == RoundingMode.RoundHalfEven && resultBits + 1 <= sumBits + TrailingZeros.Of((long)divisor);

    // All comparisons are in units of 2^−(sumBits + bits) / divisor, where δ is 2^(bits − fineness).
    private static Reciprocal? Try(RawInterval sums, int divisor, int bits, int fineness, RoundingMode rounding)
    {
        BigInteger one = BigInteger.One << bits, limit = BigInteger.One << (bits - fineness);
        var below = one / divisor;
        var excess = ((below + 1) * divisor) - one;
        var largest = BigInteger.Max(BigInteger.Abs(sums.Low), BigInteger.Abs(sums.High));
        switch (rounding)
        {
            case RoundingMode.Truncate:
            case RoundingMode.RoundHalfUp:
                return Upwards(sums.Low, sums.High, divisor, excess, limit) is { } bias
                    ? new Reciprocal((long)(below + 1), bits, (long)bias)
                    : null;
            case RoundingMode.RoundHalfDown:
                return Upwards(-sums.High, -sums.Low, divisor, excess, limit) is { } mirrored
                    ? new Reciprocal((long)(below + 1), bits, -(long)mirrored)
                    : null;
            case RoundingMode.RoundHalfToZero:
                return largest * (divisor - excess) < limit ? new Reciprocal((long)below, bits, 0) : null;
            case RoundingMode.TruncateToZero:
            case RoundingMode.RoundHalfAway:
            case RoundingMode.RoundHalfEven:
                return largest * excess < limit ? new Reciprocal((long)(below + 1), bits, 0) : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode.");
        }
    }

    // The smallest bias that lifts every product to its quotient or above it, if all stay below the next border.
    private static BigInteger? Upwards(BigInteger low, BigInteger high, int divisor, BigInteger excess, BigInteger limit)
    {
        var deficit = low.Sign < 0 ? -low * excess : BigInteger.Zero;
        var bias = (deficit + divisor - 1) / divisor;
        return (high * excess) + (bias * divisor) < limit ? bias : null;
    }
}
