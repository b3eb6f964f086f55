using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Trimming;

/// <summary>A float64 as an odd integer times a power of two: raw · 2^−f; 0 is (0, 0).</summary>
/// <param name="Raw">Odd, or 0.</param>
/// <param name="FractionBits">f.</param>
internal readonly record struct DyadicNumber(long Raw, int FractionBits)
{
    private const int MantissaBits = 52;

    /// <summary>Bits from the highest to the lowest set one.</summary>
    public int SignificantBits => 64 - BitOperations.LeadingZeroCount((ulong)Math.Abs(Raw));

    /// <summary>The value of the lowest set bit; 0 for 0.</summary>
    public double LowestBit => Raw == 0 ? 0 : Math.ScaleB(1, -FractionBits);

    /// <summary>The narrowest format that holds the number; (0, 0, 0) for 0.</summary>
    public FixedPointFormat Format =>
        Raw == 0 ? FixedPointFormat.Zero : new FixedPointFormat(Raw < 0, SignificantBits - FractionBits, FractionBits);

    /// <summary>Splits a finite number.</summary>
    public static DyadicNumber Of(double value)
    {
        if (value == 0)
        {
            return default;
        }

        int exponent = Math.ILogB(value);
        long mantissa = (long)Math.ScaleB(value, MantissaBits - exponent);
        int zeros = BitOperations.TrailingZeroCount(mantissa);
        return new DyadicNumber(mantissa >> zeros, MantissaBits - exponent - zeros);
    }
}
