using CsCheck;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Generators of random modes, formats and bits.</summary>
internal static class AnyFixedPoint
{
    public static readonly Gen<RoundingMode> Rounding =
        Gen.Int[0, ConversionDefinition.Roundings.Length - 1].Select(index => ConversionDefinition.Roundings[index]);

    public static readonly Gen<OverflowMode> Overflow =
        Gen.Int[0, ConversionDefinition.Overflows.Length - 1].Select(index => ConversionDefinition.Overflows[index]);

    /// <summary>Widths from −2 to 64.</summary>
    public static readonly Gen<FixedPointFormat> Format = FormatWithFractionBits(80);

    /// <summary>Raw bits; half of them within a few units of a power of two: ties, ends of ranges and their neighbours.</summary>
    public static readonly Gen<long> Bits = Gen.OneOf(
        Gen.Long,
        Gen.Select(Gen.Int[0, 63], Gen.Int[-3, 3], Gen.Bool)
            .Select((bit, near, up) => unchecked(((up ? 1L : -1L) << bit) + near)));

    public static Gen<FixedPointFormat> FormatWithFractionBits(int limit) =>
        Gen.Select(Gen.Bool, Gen.Int[-2, 64], Gen.Int[-limit, limit])
            .Select((signed, width, fraction) => new FixedPointFormat(signed, width - fraction - (signed ? 1 : 0), fraction));
}
