using System;
using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>The overflow modes, for numbers of any size and for 64-bit numbers (docs/fixed-point.md §2.3).</summary>
internal static class OverflowHandling
{
    public static BigInteger Apply(BigInteger raw, FixedPointFormat format, OverflowMode overflow)
    {
        BigInteger low = format.MinRaw;
        BigInteger high = format.MaxRaw;
        switch (overflow)
        {
            case OverflowMode.Wrap:
                return Wrap(raw, low, high);
            case OverflowMode.Saturate:
                return BigInteger.Max(low, BigInteger.Min(high, raw));
            case OverflowMode.SaturateSymmetric:
                BigInteger symmetric = format.Signed ? -high : BigInteger.Zero;
                return BigInteger.Max(symmetric, BigInteger.Min(high, raw));
            case OverflowMode.SaturateToZero:
                return raw < low || raw > high ? BigInteger.Zero : raw;
            default:
                throw Refuse(overflow);
        }
    }

    public static long Apply(long raw, FixedPointFormat format, OverflowMode overflow)
    {
        int width = format.Width;
        switch (overflow)
        {
            case OverflowMode.Wrap:
                return Wrap(raw, width, format.Signed);
            case OverflowMode.Saturate:
                return Math.Max(Low(format.Signed, width), Math.Min(High(format.Signed, width), raw));
            case OverflowMode.SaturateSymmetric:
                long high = High(format.Signed, width);
                return Math.Max(format.Signed ? -high : 0, Math.Min(high, raw));
            case OverflowMode.SaturateToZero:
                return raw < Low(format.Signed, width) || raw > High(format.Signed, width) ? 0 : raw;
            default:
                throw Refuse(overflow);
        }
    }

    public static Exception Refuse(OverflowMode overflow) => overflow == OverflowMode.WrapSignMagnitude
        ? new NotSupportedException(
            "The overflow mode WrapSignMagnitude (AP_WRAP_SM) can be read from a model file but has no arithmetic here; "
            + "use Wrap, Saturate, SaturateSymmetric or SaturateToZero.")
        : new ArgumentOutOfRangeException(nameof(overflow), overflow, "This is no overflow mode.");

    private static BigInteger Wrap(BigInteger raw, BigInteger low, BigInteger high)
    {
        BigInteger modulus = high - low + 1;
        BigInteger rest = BigInteger.Remainder(raw - low, modulus);
        return low + (rest.Sign < 0 ? rest + modulus : rest);
    }

    private static long Wrap(long raw, int width, bool signed)
    {
        if (width >= 64)
        {
            return raw;
        }

        if (width <= 0)
        {
            return 0;
        }

        int unused = 64 - width;
        return signed ? (raw << unused) >> unused : raw & (long)(ulong.MaxValue >> unused);
    }

    private static long Low(bool signed, int width) => signed && width > 0 ? -1L << (width - 1) : 0;

    // An unsigned format of 64 bits holds every long that isn't negative.
    private static long High(bool signed, int width)
    {
        int magnitudeBits = signed ? width - 1 : width;
        return magnitudeBits <= 0 ? 0 : long.MaxValue >> Math.Max(0, 63 - magnitudeBits);
    }
}
