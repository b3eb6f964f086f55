using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>The corners of docs/fixed-point.md §4, in its numbering.</summary>
public sealed class CornerTests
{
    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, -1, 0)]
    [InlineData(false, -3, 3)]
    [InlineData(true, 2, -3)]
    [InlineData(true, -5, 2)]
    [InlineData(false, 4, -9)]
    public void P41_width_0_and_below_is_the_constant_0(bool signed, int integerBits, int fractionBits)
    {
        var format = new FixedPointFormat(signed, integerBits, fractionBits);
        Assert.True(format.IsZero);
        Assert.Equal(RawInterval.Point(0), format.RawInterval);
        Assert.Equal((0.0, 0.0), (format.MinValue, format.MaxValue));
        foreach (RoundingMode rounding in ConversionDefinition.Roundings)
        {
            foreach (OverflowMode overflow in ConversionDefinition.Overflows)
            {
                foreach (long raw in new[] { 0L, 1, -1, 100, -100, long.MaxValue, long.MinValue })
                {
                    Assert.Equal(0, FixedPointArithmetic.Quantize(raw, new FixedPointFormat(true, 63, 0), format, rounding, overflow));
                    Assert.Equal(BigInteger.Zero, FixedPointArithmetic.Quantize(raw, 3, format, rounding, overflow));
                    Assert.Equal(0, FixedPointArithmetic.FromDouble(raw, format, rounding, overflow));
                }
            }
        }
    }

    [Fact]
    public void P42_symmetric_saturation_of_one_signed_bit_holds_only_0()
    {
        var format = new FixedPointFormat(true, 0, 0);
        foreach (RoundingMode rounding in ConversionDefinition.Roundings)
        {
            foreach (long raw in new[] { -9L, -2, -1, 0, 1, 9 })
            {
                Assert.Equal(BigInteger.Zero, FixedPointArithmetic.Quantize(raw, 0, format, rounding, OverflowMode.SaturateSymmetric));
                Assert.Equal(0, FixedPointArithmetic.Overflow(raw, format, OverflowMode.SaturateSymmetric));
            }
        }

        Assert.Equal(-1, FixedPointArithmetic.Overflow(-9, format, OverflowMode.Saturate));
    }

    [Fact]
    public void P43_truncation_takes_a_small_negative_to_minus_one_step()
    {
        // Step 16; the input's whole range is [−1, 1).
        var target = new FixedPointFormat(true, 6, -4);
        Assert.Equal(-1, FixedPointArithmetic.FromDouble(-0.001, target, RoundingMode.Truncate, OverflowMode.Saturate));
        Assert.Equal(-1, FixedPointArithmetic.FromDouble(-5e-324, target, RoundingMode.Truncate, OverflowMode.Wrap));
        Assert.Equal(0, FixedPointArithmetic.FromDouble(0.999, target, RoundingMode.Truncate, OverflowMode.Wrap));
        Assert.Equal(-1, FixedPointArithmetic.Quantize(-1, 60, target, RoundingMode.Truncate, OverflowMode.Wrap));
    }

    [Fact]
    public void P44_the_clip_point_has_the_fraction_bits_of_the_target()
    {
        // 7 with no fraction bits into u<2,3>: the clip point is 4 − 1/8 = 31/8, not 3.
        var target = new FixedPointFormat(false, 2, 3);
        Assert.Equal(31, FixedPointArithmetic.Quantize(7, 0, target, RoundingMode.Truncate, OverflowMode.Saturate));
        Assert.Equal(3.875, target.MaxValue);
    }

    [Fact]
    public void P45_a_shift_beyond_the_source_width_rounds_to_0_in_every_mode_but_truncate()
    {
        var target = new FixedPointFormat(true, 20, -10);
        var source = new FixedPointFormat(true, 3, 4);
        for (long raw = -128; raw < 128; raw++)
        {
            foreach (RoundingMode rounding in ConversionDefinition.Roundings)
            {
                long expected = rounding == RoundingMode.Truncate && raw < 0 ? -1 : 0;
                Assert.Equal(expected, FixedPointArithmetic.Quantize(raw, source, target, rounding, OverflowMode.Wrap));
            }
        }
    }

    [Fact]
    public void The_tie_at_the_end_of_64_bits_is_a_tie()
    {
        Assert.Equal(0, FixedPointArithmetic.ShiftRound(long.MinValue, 64, RoundingMode.RoundHalfUp));
        Assert.Equal(-1, FixedPointArithmetic.ShiftRound(long.MinValue, 64, RoundingMode.RoundHalfDown));
        Assert.Equal(-1, FixedPointArithmetic.ShiftRound(long.MinValue, 64, RoundingMode.RoundHalfAway));
        Assert.Equal(0, FixedPointArithmetic.ShiftRound(long.MinValue, 65, RoundingMode.RoundHalfDown));
    }

    [Fact]
    public void Sign_magnitude_wrap_is_refused_by_name()
    {
        var format = new FixedPointFormat(true, 3, 2);
        const OverflowMode mode = OverflowMode.WrapSignMagnitude;
        const RoundingMode floor = RoundingMode.Truncate;
        NotSupportedException[] refusals =
        [
            Assert.Throws<NotSupportedException>(() => FixedPointArithmetic.Overflow(1L, format, mode)),
            Assert.Throws<NotSupportedException>(() => FixedPointArithmetic.Overflow(BigInteger.One, format, mode)),
            Assert.Throws<NotSupportedException>(() => FixedPointArithmetic.Quantize(1, format, format, floor, mode)),
            Assert.Throws<NotSupportedException>(() => FixedPointArithmetic.Quantize(1, 2, format, floor, mode)),
            Assert.Throws<NotSupportedException>(() => FixedPointArithmetic.FromDouble(1, format, floor, mode)),
            Assert.Throws<NotSupportedException>(() => FixedPointArithmetic.TryFromDouble(double.NaN, format, floor, mode, out _)),
        ];
        Assert.All(refusals, refusal => Assert.Contains("AP_WRAP_SM", refusal.Message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.Contains("use Wrap, Saturate", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_64_bits_are_refused_where_64_are_stored()
    {
        var wide = new FixedPointFormat(true, 60, 4);
        var narrow = new FixedPointFormat(true, 3, 2);
        Assert.Contains("65 bits", Refusal(() => FixedPointArithmetic.Overflow(1L, wide, OverflowMode.Wrap)), StringComparison.Ordinal);
        Refusal(() => FixedPointArithmetic.Quantize(1, wide, narrow, RoundingMode.Truncate, OverflowMode.Wrap));
        Refusal(() => FixedPointArithmetic.Quantize(1, narrow, wide, RoundingMode.Truncate, OverflowMode.Wrap));
        Refusal(() => FixedPointArithmetic.FromDouble(1, wide, RoundingMode.Truncate, OverflowMode.Wrap));
        Refusal(() => FixedPointArithmetic.ToDouble(1, wide));
        Refusal(() => wide.ToStorage(1));
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
