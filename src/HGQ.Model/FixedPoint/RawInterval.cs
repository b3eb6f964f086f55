using System;
using System.Globalization;
using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>A closed interval of raw integers: what a value can be, proven; it sizes accumulators (docs/fixed-point.md §3.1).</summary>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value, at least <paramref name="Low"/>.</param>
/// <exception cref="ArgumentException">The interval is empty.</exception>
public readonly record struct RawInterval(BigInteger Low, BigInteger High)
{
    /// <summary>Smallest value.</summary>
    public BigInteger Low { get; } = Low;

    /// <summary>Largest value.</summary>
    public BigInteger High { get; } = High >= Low
        ? High
        : throw new ArgumentException(
            string.Format(CultureInfo.InvariantCulture, "The interval [{0}, {1}] is empty.", Low, High), nameof(High));

    /// <summary>Whether the interval holds one value only.</summary>
    public bool IsPoint => Low == High;

    /// <summary>Bits that two's complement needs for every value of the interval, sign included; 1 for [0, 0].</summary>
    public int SignedBits => Math.Max(BitLength.BesideSign(Low), BitLength.BesideSign(High)) + 1;

    /// <summary>The interval that holds one value.</summary>
    public static RawInterval Point(BigInteger value) => new(value, value);

    /// <summary>All sums of a value of each interval.</summary>
    public static RawInterval operator +(RawInterval left, RawInterval right) => new(left.Low + right.Low, left.High + right.High);

    /// <summary>All differences of a value of each interval.</summary>
    public static RawInterval operator -(RawInterval left, RawInterval right) => new(left.Low - right.High, left.High - right.Low);

    /// <summary>The negatives of an interval.</summary>
    public static RawInterval operator -(RawInterval interval) => interval.Negate();

    /// <summary>The hull of all products of a value of each interval.</summary>
    public static RawInterval operator *(RawInterval left, RawInterval right)
    {
        RawInterval byLow = right.Scale(left.Low);
        return left.IsPoint ? byLow : byLow.Union(right.Scale(left.High));
    }

    /// <summary>Whether a value lies in the interval.</summary>
    public bool Contains(BigInteger value) => value >= Low && value <= High;

    /// <summary>Whether every value of another interval lies in this one.</summary>
    public bool Contains(RawInterval other) => other.Low >= Low && other.High <= High;

    /// <summary>The smallest interval that holds both.</summary>
    public RawInterval Union(RawInterval other) => new(BigInteger.Min(Low, other.Low), BigInteger.Max(High, other.High));

    /// <summary>The negatives of all values.</summary>
    public RawInterval Negate() => new(-High, -Low);

    /// <summary>The hull of all values times a constant.</summary>
    public RawInterval Scale(BigInteger factor) =>
        factor.Sign < 0 ? new RawInterval(High * factor, Low * factor) : new RawInterval(Low * factor, High * factor);

    /// <summary>The hull of all values times 2^<paramref name="bits"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shift is negative; a right shift rounds, see <see cref="Quantize"/>.</exception>
    public RawInterval ShiftLeft(int bits) => bits >= 0
        ? new RawInterval(Low << bits, High << bits)
        : throw new ArgumentOutOfRangeException(nameof(bits), bits, "A left shift cannot be negative.");

    /// <summary>The values after max(x, <paramref name="minimum"/>); without an argument, after relu.</summary>
    public RawInterval ClampLow(BigInteger minimum = default) => new(BigInteger.Max(Low, minimum), BigInteger.Max(High, minimum));

    /// <summary>The values after min(x, <paramref name="maximum"/>).</summary>
    public RawInterval ClampHigh(BigInteger maximum) => new(BigInteger.Min(Low, maximum), BigInteger.Min(High, maximum));

    /// <summary>The greater ones of a value of each interval.</summary>
    internal RawInterval Max(RawInterval other) => new(BigInteger.Max(Low, other.Low), BigInteger.Max(High, other.High));

    /// <summary>The smaller ones of a value of each interval.</summary>
    internal RawInterval Min(RawInterval other) => new(BigInteger.Min(Low, other.Low), BigInteger.Min(High, other.High));

    /// <summary>
    /// The values after <see cref="FixedPointArithmetic.ShiftRound(BigInteger, int, RoundingMode)"/>. Every rounding is
    /// monotone (§2.4), so rounding both ends is exact.
    /// </summary>
    public RawInterval Quantize(int shift, RoundingMode rounding) => new(
        FixedPointArithmetic.ShiftRound(Low, shift, rounding), FixedPointArithmetic.ShiftRound(High, shift, rounding));

    /// <summary>Bits that the narrowest signed or unsigned integer type needs for every value; unsigned [0, 0] needs 0.</summary>
    /// <exception cref="InvalidOperationException">An unsigned width is asked for an interval with negative values.</exception>
    public int Width(bool signed)
    {
        if (signed)
        {
            return SignedBits;
        }

        return Low.Sign >= 0
            ? BitLength.Of(High)
            : throw new InvalidOperationException("The interval " + this + " has negative values: it has no unsigned width.");
    }

    /// <summary>Prints <c>[low, high]</c>, in every culture alike.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "[{0}, {1}]", Low, High);
}
