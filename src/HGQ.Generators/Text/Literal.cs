using System;
using System.Globalization;
using System.Numerics;
using HGQ.Generators.Machines;

namespace HGQ.Generators.Text;

/// <summary>Constants as C# text.</summary>
internal static class Literal
{
    /// <summary>An integer of a lane type; narrow ones carry a cast, so that overloads are never ambiguous.</summary>
    public static string Of(BigInteger value, LaneType type)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture);
        if (type == LaneType.Int16)
        {
            return value.Sign < 0 ? $"(short)({digits})" : $"(short){digits}";
        }

        if (type == LaneType.Int32)
        {
            return value == int.MinValue ? "int.MinValue" : digits;
        }

        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return value == long.MinValue ? "long.MinValue" : digits + "L";
        }

        BigInteger low = value & ulong.MaxValue, high = value >> 64;
        return $"new Int128(unchecked((ulong){Of(high, LaneType.Int64)}), {low.ToString(CultureInfo.InvariantCulture)}UL)";
    }

    /// <summary>An entry of a table.</summary>
    public static string Plain(long value) => value == long.MinValue ? "long.MinValue" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A double that reads back as the same number.</summary>
    public static string Of(double value) => value.ToString("G17", CultureInfo.InvariantCulture) + "D";

    /// <summary>An index or a size.</summary>
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text of 2^exponent as a double, or NaN where it is no normal double.</summary>
    public static string PowerOfTwo(int exponent) => exponent is >= -1022 and <= 1023
        ? Of(BitConverter.Int64BitsToDouble((exponent + 1023L) << 52))
        : "double.NaN";
}
