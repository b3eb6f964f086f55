using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Intervals against the values they stand for, all intervals within [−4, 4].</summary>
public sealed class RawIntervalTests
{
    [Fact]
    public void Sums_differences_products_and_unions_are_the_exact_hulls()
    {
        foreach (RawInterval a in Small())
        {
            foreach (RawInterval b in Small())
            {
                Assert.Equal(Hull(a, b, (x, y) => x + y), a + b);
                Assert.Equal(Hull(a, b, (x, y) => x - y), a - b);
                Assert.Equal(Hull(a, b, (x, y) => x * y), a * b);
                Assert.Equal(Hull(Values(a).Concat(Values(b))), a.Union(b));
                Assert.Equal(Values(b).All(a.Contains), a.Contains(b));
            }
        }
    }

    [Fact]
    public void Unary_operations_are_the_exact_hulls()
    {
        foreach (RawInterval a in Small())
        {
            Assert.Equal(Hull(Values(a).Select(x => -x)), a.Negate());
            Assert.Equal(Hull(Values(a).Select(x => -x)), -a);
            Assert.Equal(Hull(Values(a).Select(x => x * -3)), a.Scale(-3));
            Assert.Equal(Hull(Values(a).Select(x => x * 5)), a.Scale(5));
            Assert.Equal(Hull(Values(a).Select(x => x * 8)), a.ShiftLeft(3));
            Assert.Equal(Hull(Values(a).Select(x => BigInteger.Max(x, 0))), a.ClampLow());
            Assert.Equal(Hull(Values(a).Select(x => BigInteger.Max(x, 2))), a.ClampLow(2));
            Assert.Equal(Hull(Values(a).Select(x => BigInteger.Min(x, 1))), a.ClampHigh(1));
            Assert.Equal(a.Low == a.High, a.IsPoint);
        }
    }

    [Fact]
    public void Rounding_both_ends_is_the_exact_hull()
    {
        foreach (RoundingMode rounding in ConversionDefinition.Roundings)
        {
            foreach (RawInterval a in Small())
            {
                for (int shift = -2; shift <= 4; shift++)
                {
                    IEnumerable<BigInteger> rounded = Values(a).Select(x => FixedPointArithmetic.ShiftRound(x, shift, rounding));
                    Assert.Equal(Hull(rounded), a.Quantize(shift, rounding));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 1, 0)]
    [InlineData(0, 1, 2, 1)]
    [InlineData(0, 255, 9, 8)]
    [InlineData(3, 256, 10, 9)]
    [InlineData(-1, 0, 1, -1)]
    [InlineData(-128, 127, 8, -1)]
    [InlineData(-129, 0, 9, -1)]
    [InlineData(long.MinValue, long.MaxValue, 64, -1)]
    [InlineData(0, long.MaxValue, 64, 63)]
    public void Widths_count_the_bits(long low, long high, int signedBits, int unsignedBits)
    {
        var interval = new RawInterval(low, high);
        Assert.Equal(signedBits, interval.SignedBits);
        Assert.Equal(signedBits, interval.Width(signed: true));
        if (unsignedBits >= 0)
        {
            Assert.Equal(unsignedBits, interval.Width(signed: false));
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => interval.Width(signed: false));
        }
    }

    [Fact]
    public void Widths_count_beyond_64_bits()
    {
        for (int bits = 60; bits < 140; bits++)
        {
            BigInteger power = BigInteger.Pow(2, bits);
            Assert.Equal(bits, new RawInterval(0, power - 1).Width(signed: false));
            Assert.Equal(bits + 1, new RawInterval(0, power).Width(signed: false));
            Assert.Equal(bits + 1, new RawInterval(-power, power - 1).SignedBits);
            Assert.Equal(bits + 2, new RawInterval(-power - 1, 0).SignedBits);
        }
    }

    [Fact]
    public void Empty_intervals_and_negative_left_shifts_are_refused()
    {
        Assert.Contains("[1, 0] is empty", Assert.Throws<ArgumentException>(() => new RawInterval(1, 0)).Message, StringComparison.Ordinal);
        var shift = Assert.Throws<ArgumentOutOfRangeException>(() => new RawInterval(0, 1).ShiftLeft(-1));
        Assert.StartsWith("A left shift cannot be negative.", shift.Message, StringComparison.Ordinal);
        var width = Assert.Throws<InvalidOperationException>(() => new RawInterval(-1, 0).Width(signed: false));
        Assert.StartsWith("The interval [-1, 0] has negative values", width.Message, StringComparison.Ordinal);
        Assert.Equal(RawInterval.Point(0), default);
    }

    private static IEnumerable<RawInterval> Small()
    {
        for (int low = -4; low <= 4; low++)
        {
            for (int high = low; high <= 4; high++)
            {
                yield return new RawInterval(low, high);
            }
        }
    }

    private static IEnumerable<BigInteger> Values(RawInterval interval)
    {
        for (BigInteger value = interval.Low; value <= interval.High; value++)
        {
            yield return value;
        }
    }

    private static RawInterval Hull(RawInterval a, RawInterval b, Func<BigInteger, BigInteger, BigInteger> operation) =>
        Hull(Values(a).SelectMany(_ => Values(b), operation));

    private static RawInterval Hull(IEnumerable<BigInteger> values)
    {
        List<BigInteger> all = [.. values];
        return new RawInterval(all.Min(), all.Max());
    }
}
