using System;
using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>The seven roundings as one question: is the floor raised by one? (docs/fixed-point.md §2.2)</summary>
internal static class Rounding
{
    /// <summary>Floor of raw · 2^−shift, raised where the rounding says so; a shift below 0 is an exact left shift.</summary>
    public static BigInteger Shift(BigInteger raw, int shift, RoundingMode rounding)
    {
        if (shift <= 0 || raw.IsZero)
        {
            return raw.IsZero ? raw : raw << -shift;
        }

        // From here on |raw · 2^−shift| < 1/4, and every larger shift gives the same answer (§2.5): no giant intermediate.
        shift = Math.Min(shift, BitLength.BesideSign(raw) + 3);
        BigInteger floor = raw >> shift;
        BigInteger rest = raw - (floor << shift);
        int toHalf = rest.CompareTo(BigInteger.One << (shift - 1));
        return Raises(rounding, !rest.IsZero, toHalf, raw.Sign < 0, !floor.IsEven) ? floor + 1 : floor;
    }

    /// <summary>The same for 64 bits; a left shift must fit into them.</summary>
    public static long Shift(long raw, int shift, RoundingMode rounding)
    {
        if (shift <= 0)
        {
            return shift > -64 ? raw << -shift : 0;
        }

        if (shift > 64)
        {
            // |raw · 2^−shift| < 1/2: what shift 64 answers for a number that isn't the tie −2^63 (§2.5).
            raw = raw < 0 ? -1 : 0;
            shift = 64;
        }

        long floor = shift == 64 ? raw >> 63 : raw >> shift;
        if (rounding == RoundingMode.Truncate)
        {
            return floor;
        }

        ulong rest = unchecked((ulong)raw) & (ulong.MaxValue >> (64 - shift));
        int toHalf = rest.CompareTo(1UL << (shift - 1));
        return Raises(rounding, rest != 0, toHalf, raw < 0, (floor & 1) != 0) ? floor + 1 : floor;
    }

    private static bool Raises(RoundingMode rounding, bool inexact, int toHalf, bool negative, bool oddFloor) => rounding switch
    {
        RoundingMode.Truncate => false,
        RoundingMode.TruncateToZero => inexact && negative,
        RoundingMode.RoundHalfUp => toHalf >= 0,
        RoundingMode.RoundHalfToZero => toHalf > 0 || (toHalf == 0 && negative),
        RoundingMode.RoundHalfDown => toHalf > 0,
        RoundingMode.RoundHalfAway => toHalf > 0 || (toHalf == 0 && !negative),
        RoundingMode.RoundHalfEven => toHalf > 0 || (toHalf == 0 && oddFloor),
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
    };
}
