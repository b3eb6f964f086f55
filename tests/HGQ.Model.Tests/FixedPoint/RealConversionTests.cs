using System;
using System.Numerics;
using CsCheck;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Doubles entering and leaving a format (docs/fixed-point.md §5).</summary>
public sealed class RealConversionTests
{
    private static readonly Gen<FixedPointFormat> Formats =
        Gen.OneOf(AnyFixedPoint.Format, AnyFixedPoint.FormatWithFractionBits(1100));

    [Fact]
    public void Every_finite_double_equals_the_definition() =>
        Gen.Select(
            Gen.OneOf(Gen.Long.Select(BitConverter.Int64BitsToDouble), Gen.Double[-1e6, 1e6], Gen.Int[-4096, 4096].Select(n => n / 64.0)),
            Formats,
            AnyFixedPoint.Rounding,
            AnyFixedPoint.Overflow).Holds(
            (x, format, rounding, overflow) =>
            {
                if (!double.IsFinite(x))
                {
                    return true;
                }

                (BigInteger mantissa, int exponent) = Exactly(x);
                BigInteger expected = ConversionDefinition.Convert(mantissa, -exponent, format, rounding, overflow);
                return format.ToStorage(expected) == FixedPointArithmetic.FromDouble(x, format, rounding, overflow);
            },
            iter: 100_000);

    [Fact]
    public void Values_leave_as_the_nearest_double() =>
        Gen.Select(Gen.Long, Gen.Int[0, 63], Formats).Holds(
            (bits, drop, format) =>
            {
                long stored = FixedPointArithmetic.Overflow(bits >> drop, format, OverflowMode.Wrap);
                double x = FixedPointArithmetic.ToDouble(stored, format);
                return IsNearest(x, format.FromStorage(stored), -format.FractionBits);
            },
            iter: 10_000);

    [Theory]
    [InlineData(OverflowMode.Saturate, 15, -16)]
    [InlineData(OverflowMode.SaturateSymmetric, 15, -15)]
    [InlineData(OverflowMode.SaturateToZero, 0, 0)]
    public void Infinity_ends_where_the_mode_says(OverflowMode overflow, long positive, long negative)
    {
        var format = new FixedPointFormat(true, 2, 2);
        Assert.Equal(positive, FixedPointArithmetic.FromDouble(double.PositiveInfinity, format, RoundingMode.RoundHalfUp, overflow));
        Assert.Equal(negative, FixedPointArithmetic.FromDouble(double.NegativeInfinity, format, RoundingMode.RoundHalfUp, overflow));
        var unsigned = new FixedPointFormat(false, 60, 4);
        long top = overflow == OverflowMode.SaturateToZero ? 0 : -1;
        Assert.Equal(top, FixedPointArithmetic.FromDouble(double.PositiveInfinity, unsigned, RoundingMode.Truncate, overflow));
        Assert.Equal(0, FixedPointArithmetic.FromDouble(double.NegativeInfinity, unsigned, RoundingMode.Truncate, overflow));
    }

    [Fact]
    public void What_has_no_value_is_refused_or_answered_with_0()
    {
        var format = new FixedPointFormat(true, 2, 2);
        (double X, OverflowMode Overflow)[] cases =
        [
            (double.NaN, OverflowMode.Saturate), (double.NaN, OverflowMode.Wrap), (double.NaN, OverflowMode.SaturateToZero),
            (double.PositiveInfinity, OverflowMode.Wrap), (double.NegativeInfinity, OverflowMode.Wrap),
        ];
        foreach ((double x, OverflowMode overflow) in cases)
        {
            string refusal = Assert.Throws<ArgumentException>(
                () => FixedPointArithmetic.FromDouble(x, format, RoundingMode.Truncate, overflow)).Message;
            string sign = x < 0 ? "−" : "+";
            string expected = double.IsNaN(x) ? "NaN has no fixed-point value." : sign + "∞ has no value in s<2,2> under Wrap.";
            Assert.StartsWith(expected, refusal, StringComparison.Ordinal);
            Assert.False(FixedPointArithmetic.TryFromDouble(x, format, RoundingMode.Truncate, overflow, out long raw));
            Assert.Equal(0, raw);
        }
    }

    [Fact]
    public void Limits_have_the_values_that_powers_of_two_have()
    {
        var format = new FixedPointFormat(true, 3, 4);
        Assert.Equal((-8.0, 7.9375, 0.0625), (format.MinValue, format.MaxValue, format.Step));
        var wide = new FixedPointFormat(false, 64, 0);
        Assert.Equal((0.0, 18446744073709551616.0, 1.0), (wide.MinValue, wide.MaxValue, wide.Step));
        Assert.Equal(double.Epsilon, new FixedPointFormat(false, 0, 1074).Step);
        Assert.Equal(0, new FixedPointFormat(false, 0, 1075).Step);
        Assert.Equal(double.PositiveInfinity, new FixedPointFormat(false, 1025, -1024).Step);
        Assert.Equal(Math.ScaleB(1, 200), new FixedPointFormat(true, 200, 3).MaxValue);
    }

    private static (BigInteger Mantissa, int Exponent) Exactly(double x)
    {
        int exponent = 0;
        while (x != Math.Floor(x))
        {
            x *= 2;
            exponent--;
        }

        return (new BigInteger(x), exponent);
    }

    private static bool IsNearest(double x, BigInteger raw, int exponent)
    {
        if (double.IsInfinity(x))
        {
            // Half a step above the largest double, and farther, rounds to infinity.
            BigInteger limit = (BigInteger.Pow(2, 54) - 1) * BigInteger.Pow(2, 970);
            return exponent > 0 && BigInteger.Abs(raw) * BigInteger.Pow(2, exponent) >= limit;
        }

        BigInteger error = Distance(x, raw, exponent);
        BigInteger up = Distance(Math.BitIncrement(x), raw, exponent);
        BigInteger down = Distance(Math.BitDecrement(x), raw, exponent);
        bool even = (BitConverter.DoubleToInt64Bits(x) & 1) == 0;
        return error <= up && error <= down && (even || (error != up && error != down));
    }

    // |x − raw · 2^exponent| · 2^2300: integers, since no operand has a bit below 2^−1200.
    private static BigInteger Distance(double x, BigInteger raw, int exponent)
    {
        if (double.IsInfinity(x))
        {
            return BigInteger.Pow(2, 2300 + 1500);
        }

        (BigInteger mantissa, int own) = Exactly(x);
        return BigInteger.Abs((mantissa * BigInteger.Pow(2, 2300 + own)) - (raw * BigInteger.Pow(2, 2300 + exponent)));
    }
}
