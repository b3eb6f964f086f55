using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>
/// Rounding and overflow said a second time, over rationals and by distances and residues instead of shifts and masks, so that
/// product and test can't share a mistake.
/// </summary>
internal static class ConversionDefinition
{
    public static readonly RoundingMode[] Roundings =
    [
        RoundingMode.Truncate, RoundingMode.TruncateToZero, RoundingMode.RoundHalfUp, RoundingMode.RoundHalfToZero,
        RoundingMode.RoundHalfDown, RoundingMode.RoundHalfAway, RoundingMode.RoundHalfEven,
    ];

    public static readonly OverflowMode[] Overflows =
        [OverflowMode.Wrap, OverflowMode.Saturate, OverflowMode.SaturateSymmetric, OverflowMode.SaturateToZero];

    /// <summary>raw · 2^−sourceFractionBits, converted.</summary>
    public static BigInteger Convert(
        BigInteger raw, int sourceFractionBits, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow)
    {
        int shift = sourceFractionBits - target.FractionBits;
        BigInteger numerator = shift < 0 ? raw * BigInteger.Pow(2, -shift) : raw;
        BigInteger denominator = shift > 0 ? BigInteger.Pow(2, shift) : 1;
        return Overflow(Round(numerator, denominator, rounding), target, overflow);
    }

    public static BigInteger Round(BigInteger numerator, BigInteger denominator, RoundingMode rounding)
    {
        BigInteger below = BigInteger.Divide(numerator, denominator);
        if (below * denominator > numerator)
        {
            below -= 1;
        }

        BigInteger above = below + 1;
        if (below * denominator == numerator)
        {
            return below;
        }

        BigInteger small = BigInteger.Abs(below) < BigInteger.Abs(above) ? below : above;
        BigInteger large = small == below ? above : below;
        BigInteger toBelow = numerator - (below * denominator);
        BigInteger toAbove = (above * denominator) - numerator;
        bool tie = toBelow == toAbove;
        BigInteger nearest = toBelow < toAbove ? below : above;
        return rounding switch
        {
            RoundingMode.Truncate => below,
            RoundingMode.TruncateToZero => small,
            RoundingMode.RoundHalfUp => tie ? above : nearest,
            RoundingMode.RoundHalfToZero => tie ? small : nearest,
            RoundingMode.RoundHalfDown => tie ? below : nearest,
            RoundingMode.RoundHalfAway => tie ? large : nearest,
            RoundingMode.RoundHalfEven => !tie ? nearest : below % 2 == 0 ? below : above,
            _ => throw new ArgumentOutOfRangeException(nameof(rounding)),
        };
    }

    public static BigInteger Overflow(BigInteger raw, FixedPointFormat target, OverflowMode overflow)
    {
        int width = (target.Signed ? 1 : 0) + target.IntegerBits + target.FractionBits;
        if (width <= 0)
        {
            return 0;
        }

        BigInteger count = BigInteger.Pow(2, width);
        BigInteger low = target.Signed ? -count / 2 : 0;
        BigInteger high = low + count - 1;
        if (raw >= low && raw <= high && !(overflow == OverflowMode.SaturateSymmetric && target.Signed && raw == low))
        {
            return raw;
        }

        switch (overflow)
        {
            case OverflowMode.Saturate:
                return raw < low ? low : high;
            case OverflowMode.SaturateSymmetric:
                return raw > high ? high : target.Signed ? -high : 0;
            case OverflowMode.SaturateToZero:
                return 0;
            case OverflowMode.Wrap:
                BigInteger residue = ((raw % count) + count) % count;
                return residue > high ? residue - count : residue;
            default:
                throw new ArgumentOutOfRangeException(nameof(overflow));
        }
    }
}
