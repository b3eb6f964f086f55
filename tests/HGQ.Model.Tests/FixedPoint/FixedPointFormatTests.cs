using System;
using System.Globalization;
using System.Numerics;
using CsCheck;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Formats: widths, ranges, storage (docs/fixed-point.md §1).</summary>
public sealed class FixedPointFormatTests
{
    [Theory]
    [InlineData(true, 3, 4, 8, -128, 127)]
    [InlineData(false, 3, 4, 7, 0, 127)]
    [InlineData(true, 0, 0, 1, -1, 0)]
    [InlineData(false, -2, 5, 3, 0, 7)]
    [InlineData(true, 6, -4, 3, -4, 3)]
    [InlineData(false, -2, 2, 0, 0, 0)]
    [InlineData(true, -9, 2, -6, 0, 0)]
    public void Width_and_range_follow_from_k_i_f(bool signed, int integerBits, int fractionBits, int width, long low, long high)
    {
        var format = new FixedPointFormat(signed, integerBits, fractionBits);
        Assert.Equal(width, format.Width);
        Assert.Equal(width <= 0, format.IsZero);
        Assert.Equal(new RawInterval(low, high), format.RawInterval);
        Assert.True(format.Contains(low) && format.Contains(high));
        Assert.False(format.Contains(low - 1) || format.Contains(high + 1));
    }

    [Fact]
    public void Narrowest_format_holds_the_interval_and_no_narrower_one_does()
    {
        for (int low = -40; low <= 40; low++)
        {
            for (int high = low; high <= 40; high++)
            {
                var interval = new RawInterval(low, high);
                FixedPointFormat format = FixedPointFormat.ForInterval(interval, 3);
                Assert.Equal(3, format.FractionBits);
                Assert.Equal(low < 0, format.Signed);
                Assert.True(format.RawInterval.Contains(interval));
                var narrower = new FixedPointFormat(format.Signed, format.IntegerBits - 1, 3);
                Assert.True(format.IsZero || !narrower.RawInterval.Contains(interval));
            }
        }

        Assert.Equal(new FixedPointFormat(false, -5, 5), FixedPointFormat.ForInterval(RawInterval.Point(0), 5));
        Assert.Equal(new FixedPointFormat(true, 64, 0), FixedPointFormat.ForInterval(new RawInterval(-1, ulong.MaxValue), 0));
    }

    [Fact]
    public void Storage_is_twos_complement_and_unsigned_only_at_64_bits_without_sign()
    {
        var unsigned = new FixedPointFormat(false, 60, 4);
        Assert.Equal(-1, unsigned.ToStorage(ulong.MaxValue));
        Assert.Equal(ulong.MaxValue, unsigned.FromStorage(-1));
        Assert.Equal(18446744073709551616.0 / 16, FixedPointArithmetic.ToDouble(-1, unsigned));
        var signed = new FixedPointFormat(true, 63, 0);
        Assert.Equal(long.MinValue, signed.ToStorage(long.MinValue));
        Assert.Equal(long.MinValue, signed.FromStorage(long.MinValue));
        string refusal = Assert.Throws<ArgumentOutOfRangeException>(() => signed.ToStorage((BigInteger)long.MaxValue + 1)).Message;
        Assert.Contains("9223372036854775808 has no 64-bit storage in the format s<63,0>", refusal, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => unsigned.ToStorage(-1));
    }

    [Fact]
    public void Stored_bits_lie_in_the_range_where_their_number_does() =>
        Gen.Select(AnyFixedPoint.Format, AnyFixedPoint.Bits).Holds(
            (format, bits) => format.ContainsStorage(bits) == format.Contains(format.IsUnsigned64 ? (BigInteger)(ulong)bits : bits),
            iter: 20_000);

    [Fact]
    public void Widths_of_absurd_formats_do_not_overflow()
    {
        Assert.False(FixedPointFormat.Zero.Signed);
        Assert.Equal(int.MaxValue, new FixedPointFormat(true, int.MaxValue, int.MaxValue).Width);
        Assert.Equal(int.MinValue, new FixedPointFormat(false, int.MinValue, int.MinValue).Width);
    }

    [Fact]
    public void Text_is_the_same_in_every_culture()
    {
        Assert.Equal("\u22121", (-1).ToString(CultureInfo.CurrentCulture));
        Assert.Equal("s<-2,5>", new FixedPointFormat(true, -2, 5).ToString());
        Assert.Equal("u<3,-1>", new FixedPointFormat(false, 3, -1).ToString());
        Assert.Equal("[-7, 9]", new RawInterval(-7, 9).ToString());
    }
}
