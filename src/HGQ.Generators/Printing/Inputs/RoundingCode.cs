using System;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>When generated code raises a floor, for each rounding: C# conditions, which are empty where it never does.</summary>
internal static class RoundingCode
{
    /// <summary>
    /// The condition on a real <c>y</c> and its <c>floor</c>. floor + 0.5 is exact below 2^51, so a comparison with
    /// it is.
    /// </summary>
    public static string OfReal(RoundingMode rounding) => rounding switch
    {
        RoundingMode.Truncate => string.Empty,
        RoundingMode.TruncateToZero => "y < 0 && y != floor",
        RoundingMode.RoundHalfUp => "y >= floor + 0.5",
        RoundingMode.RoundHalfToZero => "y > floor + 0.5 || (y == floor + 0.5 && y < 0)",
        RoundingMode.RoundHalfDown => "y > floor + 0.5",
        RoundingMode.RoundHalfAway => "y > floor + 0.5 || (y == floor + 0.5 && y >= 0)",
        RoundingMode.RoundHalfEven => "y > floor + 0.5 || (y == floor + 0.5 && ((long)floor & 1) != 0)",
        _ => throw Unknown(rounding),
    };

    /// <summary>
    /// The condition on an integer <c>v</c> that drops <c>right</c> bits, its <c>floor</c>, and how the dropped bits
    /// compare <c>toHalf</c>.
    /// </summary>
    public static string OfBits(RoundingMode rounding) => rounding switch
    {
        RoundingMode.Truncate => "false",
        RoundingMode.TruncateToZero => "v != floor << right && v < 0",
        RoundingMode.RoundHalfUp => "toHalf >= 0",
        RoundingMode.RoundHalfToZero => "toHalf > 0 || (toHalf == 0 && v < 0)",
        RoundingMode.RoundHalfDown => "toHalf > 0",
        RoundingMode.RoundHalfAway => "toHalf > 0 || (toHalf == 0 && v >= 0)",
        RoundingMode.RoundHalfEven => "toHalf > 0 || (toHalf == 0 && (floor & 1) != 0)",
        _ => throw Unknown(rounding),
    };

    private static Exception Unknown(RoundingMode rounding) =>
        new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode.");
}
