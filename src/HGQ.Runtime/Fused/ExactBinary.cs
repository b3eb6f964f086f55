using System;
using System.Numerics;

namespace HGQ.Runtime.Fused;

/// <summary>Logarithms and bits of floating-point numbers, taken from exponent and mantissa and therefore exact.</summary>
internal static class ExactBinary
{
    /// <summary>⌊log2|x|⌋ for a finite x that is not 0.</summary>
    public static int FloorLog2(double x)
    {
        var (mantissa, exponent) = Split(x);
        return exponent + BitOperations.Log2(mantissa);
    }

    /// <summary>⌈log2|x|⌉ for a finite x that is not 0.</summary>
    public static int CeilingLog2(double x)
    {
        var (mantissa, exponent) = Split(x);
        return exponent + BitOperations.Log2(mantissa) + (BitOperations.IsPow2(mantissa) ? 0 : 1);
    }

    /// <summary>Smallest format of one value: (k, i, f); (0, 0, 0) for 0.</summary>
    public static (int KeepNegative, int IntegerBits, int FractionBits) Format(double x)
    {
        if (x == 0)
        {
            return (0, 0, 0);
        }

        var (mantissa, exponent) = Split(x);
        return (x < 0 ? 1 : 0, exponent + BitOperations.Log2(mantissa) + 1, -(exponent + BitOperations.TrailingZeroCount(mantissa)));
    }

    // |x| = mantissa · 2^exponent
    private static (ulong Mantissa, int Exponent) Split(double x)
    {
        var bits = BitConverter.DoubleToUInt64Bits(x);
        var field = (int)(bits >> 52) & 0x7FF;
        var fraction = bits & ((1UL << 52) - 1);
        return field == 0 ? (fraction, -1074) : (fraction | (1UL << 52), field - 1075);
    }
}
