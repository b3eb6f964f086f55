using System;
using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>Doubles to raw integers and back, on the bits of the double: nothing depends on the host's arithmetic (docs/fixed-point.md §5).</summary>
internal static class RealConversion
{
    private const int MantissaBits = 52;
    private const int SubnormalExponent = -1074;
    private const long MantissaMask = (1L << MantissaBits) - 1;

    public static bool TryFromDouble(
        double x, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow, out long raw)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponentField = (int)(bits >> MantissaBits) & 0x7FF;
        if (exponentField == 0x7FF)
        {
            return TryFromNonFinite(x, target, overflow, out raw);
        }

        // x = mantissa · 2^exponent, exactly; so x is the raw value `mantissa` with −exponent fraction bits.
        long mantissa = bits & MantissaMask;
        mantissa = exponentField == 0 ? mantissa : mantissa | (1L << MantissaBits);
        mantissa = bits < 0 ? -mantissa : mantissa;
        int fractionBits = -(SubnormalExponent + Math.Max(0, exponentField - 1));
        long shift = (long)fractionBits - target.FractionBits;
        if (shift >= -(62 - MantissaBits))
        {
            int shortShift = (int)Math.Min(shift, int.MaxValue);
            raw = OverflowHandling.Apply(Rounding.Shift(mantissa, shortShift, rounding), target, overflow);
        }
        else
        {
            raw = target.ToStorage(FixedPointArithmetic.Quantize(mantissa, fractionBits, target, rounding, overflow));
        }

        return true;
    }

    public static double ToDouble(long rawStorage, FixedPointFormat format)
    {
        bool negative = rawStorage < 0 && !format.IsUnsigned64;
        ulong magnitude = unchecked((ulong)(negative ? -rawStorage : rawStorage));
        return Compose(negative, magnitude, -(long)format.FractionBits);
    }

    public static double ToDouble(BigInteger raw, int fractionBits)
    {
        BigInteger magnitude = BigInteger.Abs(raw);
        int dropped = Math.Max(0, BitLength.Of(magnitude) - 64);
        var top = (ulong)(magnitude >> dropped);

        // Eleven of the 64 bits lie below a double's last one: a sticky lowest bit decides the ties of what was dropped.
        top |= dropped > 0 && !(magnitude - ((BigInteger)top << dropped)).IsZero ? 1UL : 0UL;
        return Compose(raw.Sign < 0, top, dropped - (long)fractionBits);
    }

    private static bool TryFromNonFinite(double x, FixedPointFormat target, OverflowMode overflow, out long raw)
    {
        // A power of two beyond every format stands for infinity; the mode answers as it does for any number out of range.
        BigInteger beyond = BigInteger.One << (FixedPointFormat.MaxWidth + 1);
        BigInteger answer = OverflowHandling.Apply(x < 0 ? -beyond : beyond, target, overflow);
        bool refused = double.IsNaN(x) || overflow == OverflowMode.Wrap;
        raw = refused ? 0 : target.ToStorage(answer);
        return !refused;
    }

    // magnitude · 2^exponent, rounded half to even once, straight into the bits of a double.
    private static double Compose(bool negative, ulong magnitude, long exponent)
    {
        int length = BitLength.Of(magnitude);
        if (length == 0)
        {
            return 0;
        }

        long lastBit = Math.Max(exponent + length - (MantissaBits + 1), SubnormalExponent);
        if (lastBit > exponent)
        {
            int drop = (int)Math.Min(lastBit - exponent, 65);
            magnitude = RoundHalfEven(magnitude, drop);
            exponent = lastBit;
            length = BitLength.Of(magnitude);
        }

        return WithSign(negative, ExactBits(magnitude, length, exponent));
    }

    private static ulong RoundHalfEven(ulong magnitude, int drop)
    {
        if (drop > 64)
        {
            return 0;
        }

        ulong floor = drop == 64 ? 0 : magnitude >> drop;
        ulong rest = magnitude & (ulong.MaxValue >> (64 - drop));
        ulong half = 1UL << (drop - 1);
        return rest > half || (rest == half && (floor & 1) != 0) ? floor + 1 : floor;
    }

    private static long ExactBits(ulong magnitude, int length, long exponent)
    {
        long top = exponent + length - 1;
        if (length == 0)
        {
            return 0;
        }

        if (top > 1023)
        {
            return 0x7FFL << MantissaBits;
        }

        if (top < -1022)
        {
            return (long)(magnitude << (int)(exponent - SubnormalExponent));
        }

        int align = MantissaBits + 1 - length;
        ulong normal = align >= 0 ? magnitude << align : magnitude >> -align;
        return ((top + 1023) << MantissaBits) | ((long)normal & MantissaMask);
    }

    private static double WithSign(bool negative, long bits) =>
        BitConverter.Int64BitsToDouble(negative ? bits | long.MinValue : bits);
}
