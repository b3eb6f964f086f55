using System;
using System.Numerics;
using CsCheck;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Random conversions up to 64 bits against the definition; CsCheck prints the seed of a failure.</summary>
public sealed class RandomConversionTests
{
    [Fact]
    public void Storage_to_storage_equals_the_definition() =>
        Gen.Select(AnyFixedPoint.Bits, AnyFixedPoint.Format, AnyFixedPoint.Format, AnyFixedPoint.Rounding, AnyFixedPoint.Overflow).Holds(
            (bits, source, target, rounding, overflow) =>
            {
                long stored = FixedPointArithmetic.Overflow(bits, source, OverflowMode.Wrap);
                BigInteger expected = ConversionDefinition.Convert(
                    source.FromStorage(stored), source.FractionBits, target, rounding, overflow);
                return target.ToStorage(expected) == FixedPointArithmetic.Quantize(stored, source, target, rounding, overflow);
            },
            iter: 200_000);

    [Fact]
    public void Big_integers_equal_the_definition() =>
        Gen.Select(AnyFixedPoint.Bits, AnyFixedPoint.Bits, AnyFixedPoint.Format, Gen.Int[-100, 160], AnyFixedPoint.Rounding, AnyFixedPoint.Overflow).Holds(
            (upper, lower, target, fractionBits, rounding, overflow) =>
            {
                BigInteger raw = ((BigInteger)upper << 40) + lower;
                return ConversionDefinition.Convert(raw, fractionBits, target, rounding, overflow)
                    == FixedPointArithmetic.Quantize(raw, fractionBits, target, rounding, overflow);
            },
            iter: 100_000);

    [Fact]
    public void Right_shifts_of_any_size_equal_the_definition() =>
        Gen.Select(AnyFixedPoint.Bits, Gen.Int[0, 200], AnyFixedPoint.Rounding).Holds(
            (raw, shift, rounding) =>
            {
                BigInteger expected = ConversionDefinition.Round(raw, BigInteger.Pow(2, shift), rounding);
                return expected == FixedPointArithmetic.ShiftRound(raw, shift, rounding)
                    && expected == FixedPointArithmetic.ShiftRound((BigInteger)raw, shift, rounding);
            },
            iter: 200_000);

    [Fact]
    public void Shifts_of_astronomic_size_neither_fail_nor_take_time()
    {
        foreach (RoundingMode rounding in ConversionDefinition.Roundings)
        {
            long expected = rounding == RoundingMode.Truncate ? -1 : 0;
            Assert.Equal(expected, FixedPointArithmetic.ShiftRound(-5L, int.MaxValue, rounding));
            Assert.Equal(expected, FixedPointArithmetic.ShiftRound((BigInteger)(-5), int.MaxValue, rounding));
            Assert.Equal(0, FixedPointArithmetic.ShiftRound(5L, int.MaxValue, rounding));
            Assert.Equal(0, FixedPointArithmetic.ShiftRound(0L, int.MinValue, rounding));
            Assert.Equal(0, FixedPointArithmetic.ShiftRound(BigInteger.Zero, int.MinValue, rounding));
        }

        var far = new FixedPointFormat(true, 7 - int.MaxValue, int.MaxValue);
        Assert.Equal(127, FixedPointArithmetic.Quantize(1, int.MinValue, far, RoundingMode.Truncate, OverflowMode.Saturate));
        Assert.Equal(0, FixedPointArithmetic.Quantize(1, int.MinValue, far, RoundingMode.Truncate, OverflowMode.Wrap));
        Assert.Equal(-128, FixedPointArithmetic.FromDouble(-1, far, RoundingMode.RoundHalfUp, OverflowMode.Saturate));
    }

    [Fact]
    public void Adding_half_a_step_turns_round_half_up_into_truncate() =>
        Gen.Select(Gen.Long[long.MinValue / 4, long.MaxValue / 4], AnyFixedPoint.Format, Gen.Int[1, 60], AnyFixedPoint.Overflow).Holds(
            (raw, target, dropped, overflow) =>
            {
                int fractionBits = target.FractionBits + dropped;
                long halfStep = 1L << (dropped - 1);
                return FixedPointArithmetic.Quantize(raw, fractionBits, target, RoundingMode.RoundHalfUp, overflow)
                    == FixedPointArithmetic.Quantize(raw + halfStep, fractionBits, target, RoundingMode.Truncate, overflow);
            },
            iter: 20_000);

    // §3.2: which roundings may take an accumulator modulo 2^(W + dropped bits).
    [Fact]
    public void A_wrapping_consumer_needs_only_the_low_bits_of_the_accumulator() =>
        Gen.Select(Gen.Long, Gen.Bool, Gen.Int[1, 20], Gen.Int[1, 20]).Holds(
            (raw, signed, width, dropped) =>
            {
                var target = new FixedPointFormat(signed, width - (signed ? 1 : 0), 0);
                long low = raw & ((1L << (width + dropped)) - 1);
                foreach (RoundingMode rounding in ConversionDefinition.Roundings)
                {
                    bool needsSign = rounding is RoundingMode.TruncateToZero or RoundingMode.RoundHalfToZero
                        or RoundingMode.RoundHalfAway;
                    if (!needsSign && FixedPointArithmetic.Quantize(raw, dropped, target, rounding, OverflowMode.Wrap)
                        != FixedPointArithmetic.Quantize(low, dropped, target, rounding, OverflowMode.Wrap))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 20_000);

    [Theory]
    [InlineData(RoundingMode.TruncateToZero)]
    [InlineData(RoundingMode.RoundHalfToZero)]
    [InlineData(RoundingMode.RoundHalfAway)]
    public void Roundings_that_look_at_the_sign_need_the_whole_accumulator(RoundingMode rounding)
    {
        var target = new FixedPointFormat(false, 4, 0);
        bool differs = false;
        for (int raw = -64; raw < 0; raw++)
        {
            differs |= FixedPointArithmetic.Quantize(raw, 2, target, rounding, OverflowMode.Wrap)
                != FixedPointArithmetic.Quantize(raw & 63, 2, target, rounding, OverflowMode.Wrap);
        }

        Assert.True(differs);
    }

    [Fact]
    public void The_common_path_allocates_nothing()
    {
        var source = new FixedPointFormat(true, 10, 21);
        var target = new FixedPointFormat(true, 5, 6);
        long sum = 0;
        long before = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (int raw = -1000; raw < 1000; raw++)
            {
                sum += FixedPointArithmetic.Quantize(raw * 999L, source, target, RoundingMode.RoundHalfEven, OverflowMode.Saturate);
                sum += FixedPointArithmetic.FromDouble(raw / 7.0, target, RoundingMode.RoundHalfUp, OverflowMode.Wrap);
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(long.MinValue, sum);
    }
}
