using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Where rounding to a double is decided by one bit, or by the ends of its exponent (docs/fixed-point.md §5).</summary>
public sealed class NearestDoubleTests
{
    private const long LargestMantissa = (1L << 53) - 1;

    private static readonly FixedPointFormat Integers = new(true, 63, 0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70)]
    public void A_bit_below_the_first_64_decides_a_tie(int zeros)
    {
        // 53 bits, the half, and a lowest bit that is dropped before the rounding.
        BigInteger even = (BigInteger.One << 52) + 2, odd = even + 1;
        int bits = 11 + zeros;
        BigInteger half = BigInteger.One << (bits - 1);
        Assert.Equal(Math.ScaleB((double)even, bits), RealConversion.ToDouble((even << bits) + half, 0));
        Assert.Equal(Math.ScaleB((double)even + 1, bits), RealConversion.ToDouble((even << bits) + half + 1, 0));
        Assert.Equal(-Math.ScaleB((double)even + 1, bits), RealConversion.ToDouble(-(even << bits) - half - 1, 0));
        Assert.Equal(Math.ScaleB((double)odd + 1, bits), RealConversion.ToDouble((odd << bits) + half, 0));
        Assert.Equal(Math.ScaleB((double)odd, bits), RealConversion.ToDouble((odd << bits) + half - 1, 0));
        Assert.Equal(Math.ScaleB((double)even, bits - 7), RealConversion.ToDouble(even << bits, 7));
    }

    [Fact]
    public void The_largest_doubles_are_finite_and_what_rounds_beyond_them_is_not()
    {
        Assert.Equal(Math.ScaleB(1, 1023), FixedPointArithmetic.ToDouble(1, Scaled(-1023)));
        Assert.Equal(double.MaxValue, FixedPointArithmetic.ToDouble(LargestMantissa, Scaled(-971)));
        Assert.Equal(double.MinValue, FixedPointArithmetic.ToDouble(-LargestMantissa, Scaled(-971)));
        Assert.Equal(double.MaxValue, FixedPointArithmetic.ToDouble((LargestMantissa << 2) + 1, Scaled(-969)));
        Assert.Equal(double.PositiveInfinity, FixedPointArithmetic.ToDouble((LargestMantissa << 2) + 2, Scaled(-969)));
        Assert.Equal(double.NegativeInfinity, FixedPointArithmetic.ToDouble(-1, Scaled(-1024)));
        Assert.Equal(double.MaxValue, RealConversion.ToDouble((BigInteger)LargestMantissa << 971, 0));
    }

    [Fact]
    public void The_smallest_doubles_round_half_to_even_and_then_to_0()
    {
        Assert.Equal(double.Epsilon, FixedPointArithmetic.ToDouble(1, Scaled(1074)));
        Assert.Equal(0, FixedPointArithmetic.ToDouble(1, Scaled(1075)));
        Assert.Equal(double.Epsilon, FixedPointArithmetic.ToDouble(3, Scaled(1076)));
        Assert.Equal(2 * double.Epsilon, FixedPointArithmetic.ToDouble(3, Scaled(1075)));
        Assert.Equal(Math.ScaleB(1, -1022), FixedPointArithmetic.ToDouble((1L << 53) - 1, Scaled(1075)));
        Assert.Equal(Math.ScaleB(1, -1022), FixedPointArithmetic.ToDouble(1L << 52, Scaled(1074)));

        // Of 64 bits all lie below the last one of a double: more than half of it, just half, and far below.
        var unsigned = new FixedPointFormat(false, 64 - 1138, 1138);
        Assert.Equal(double.Epsilon, FixedPointArithmetic.ToDouble(-1, unsigned));
        Assert.Equal(double.Epsilon, FixedPointArithmetic.ToDouble(long.MinValue + 1, unsigned));
        Assert.Equal(0, FixedPointArithmetic.ToDouble(long.MinValue, unsigned));
        Assert.Equal(0, FixedPointArithmetic.ToDouble(-1, new FixedPointFormat(false, 64 - 1139, 1139)));
        Assert.Equal(0, FixedPointArithmetic.ToDouble(-1, new FixedPointFormat(false, 64 - 4000, 4000)));
    }

    [Fact]
    public void Zero_has_no_sign()
    {
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(FixedPointArithmetic.ToDouble(0, Integers)));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(RealConversion.ToDouble(BigInteger.Zero, 3)));
        Assert.Equal(0, FixedPointArithmetic.FromDouble(-0.0, Integers, RoundingMode.Truncate, OverflowMode.Wrap));
    }

    private static FixedPointFormat Scaled(int fractionBits) => new(true, 63 - fractionBits, fractionBits);
}
