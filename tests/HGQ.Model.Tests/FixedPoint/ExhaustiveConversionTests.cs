using System.Collections.Generic;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Every source value of up to 6 bits into every target of up to 6 bits (docs/fixed-point.md §2).</summary>
public sealed class ExhaustiveConversionTests
{
    public static TheoryData<RoundingMode, OverflowMode> Modes()
    {
        var data = new TheoryData<RoundingMode, OverflowMode>();
        foreach (RoundingMode rounding in ConversionDefinition.Roundings)
        {
            foreach (OverflowMode overflow in ConversionDefinition.Overflows)
            {
                data.Add(rounding, overflow);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Equals_the_definition_for_all_formats_up_to_6_bits(RoundingMode rounding, OverflowMode overflow)
    {
        foreach (FixedPointFormat source in Formats(fractionBitsOfAll: [-2, 0, 3]))
        {
            foreach (FixedPointFormat target in Formats(fractionBitsOfAll: [-6, -4, -1, 0, 1, 2, 5, 9]))
            {
                CompareAll(source, target, rounding, overflow);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Doubles_equal_the_definition_for_all_formats_up_to_6_bits(RoundingMode rounding, OverflowMode overflow)
    {
        foreach (FixedPointFormat target in Formats(fractionBitsOfAll: [-3, 0, 4]))
        {
            for (int sixtyFourths = -600; sixtyFourths <= 600; sixtyFourths++)
            {
                BigInteger expected = ConversionDefinition.Convert(sixtyFourths, 6, target, rounding, overflow);
                long actual = FixedPointArithmetic.FromDouble(sixtyFourths / 64.0, target, rounding, overflow);
                Assert.True(expected == actual, $"{sixtyFourths}/64 → {target} {rounding} {overflow}: {actual}, expected {expected}");
            }
        }
    }

    private static void CompareAll(FixedPointFormat source, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow)
    {
        for (var raw = (long)source.MinRaw; raw <= source.MaxRaw; raw++)
        {
            BigInteger expected = ConversionDefinition.Convert(raw, source.FractionBits, target, rounding, overflow);
            BigInteger big = FixedPointArithmetic.Quantize(raw, source.FractionBits, target, rounding, overflow);
            long fast = FixedPointArithmetic.Quantize(raw, source, target, rounding, overflow);
            if (expected != big || expected != fast)
            {
                Assert.Fail($"{raw} of {source} → {target} {rounding} {overflow}: {big} and {fast}, expected {expected}");
            }
        }
    }

    private static List<FixedPointFormat> Formats(int[] fractionBitsOfAll)
    {
        var formats = new List<FixedPointFormat>();
        foreach (int fractionBits in fractionBitsOfAll)
        {
            for (int width = -1; width <= 6; width++)
            {
                formats.Add(new FixedPointFormat(false, width - fractionBits, fractionBits));
                formats.Add(new FixedPointFormat(true, width - 1 - fractionBits, fractionBits));
            }
        }

        return formats;
    }
}
