using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Import.Exact;

/// <summary>How a source rounds a real number to an integer code.</summary>
internal enum SourceRounding
{
    HalfEven,
    HalfUp,
    HalfDown,
    HalfAway,
    HalfToZero,
    Floor,
    Ceiling,
    ToZero,
    AwayFromZero,
}

/// <summary>The roundings, on exact numbers.</summary>
internal static class Roundings
{
    private static readonly Rational Half = new(1, 2);

    public static BigInteger Apply(SourceRounding rounding, Rational value)
    {
        BigInteger floor = value.Floor();
        Rational rest = value - floor;
        int toHalf = rest.CompareTo(Half);
        bool up = rounding switch
        {
            SourceRounding.Floor => false,
            SourceRounding.Ceiling => rest.Sign > 0,
            SourceRounding.ToZero => rest.Sign > 0 && value.Sign < 0,
            SourceRounding.AwayFromZero => rest.Sign > 0 && value.Sign > 0,
            SourceRounding.HalfUp => toHalf >= 0,
            SourceRounding.HalfDown => toHalf > 0,
            SourceRounding.HalfAway => toHalf > 0 || (toHalf == 0 && value.Sign > 0),
            SourceRounding.HalfToZero => toHalf > 0 || (toHalf == 0 && value.Sign < 0),
            SourceRounding.HalfEven => toHalf > 0 || (toHalf == 0 && !floor.IsEven),
            _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding of a source."),
        };
        return up ? floor + 1 : floor;
    }

    /// <summary>The product's rounding that is the same, or null: ceiling and away from zero have none.</summary>
    public static RoundingMode? ModeOf(SourceRounding rounding) => rounding switch
    {
        SourceRounding.HalfEven => RoundingMode.RoundHalfEven,
        SourceRounding.HalfUp => RoundingMode.RoundHalfUp,
        SourceRounding.HalfDown => RoundingMode.RoundHalfDown,
        SourceRounding.HalfAway => RoundingMode.RoundHalfAway,
        SourceRounding.HalfToZero => RoundingMode.RoundHalfToZero,
        SourceRounding.Floor => RoundingMode.Truncate,
        SourceRounding.ToZero => RoundingMode.TruncateToZero,
        SourceRounding.Ceiling or SourceRounding.AwayFromZero => null,
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding of a source."),
    };
}
