using System;
using System.Globalization;
using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>
/// The one definition of rounding, overflow and conversion (docs/fixed-point.md §2, §5): every engine must agree with it in
/// every integer.
/// </summary>
public static class FixedPointArithmetic
{
    /// <summary>Divides by 2^<paramref name="shift"/> and rounds (§2.2); a negative shift multiplies exactly.</summary>
    public static BigInteger ShiftRound(BigInteger raw, int shift, RoundingMode rounding) => Rounding.Shift(raw, shift, rounding);

    /// <summary>Divides a 64-bit number by 2^<paramref name="shift"/>, of any size, and rounds (§2.2).</summary>
    /// <remarks>A negative shift multiplies; the product must fit into 64 bits, otherwise its upper bits are lost.</remarks>
    public static long ShiftRound(long raw, int shift, RoundingMode rounding) => Rounding.Shift(raw, shift, rounding);

    /// <summary>Brings a rounded number into a format's range (§2.3).</summary>
    /// <exception cref="NotSupportedException">The mode is <see cref="OverflowMode.WrapSignMagnitude"/>.</exception>
    public static BigInteger Overflow(BigInteger raw, FixedPointFormat format, OverflowMode overflow) =>
        OverflowHandling.Apply(raw, format, overflow);

    /// <summary>Brings a rounded 64-bit number into a format's range (§2.3) and returns its storage (§1.5).</summary>
    /// <param name="raw">A signed number, whatever the format.</param>
    /// <param name="format">The target, at most 64 bits wide.</param>
    /// <param name="overflow">The overflow mode.</param>
    /// <exception cref="ArgumentException">The format is wider than 64 bits.</exception>
    /// <exception cref="NotSupportedException">The mode is <see cref="OverflowMode.WrapSignMagnitude"/>.</exception>
    public static long Overflow(long raw, FixedPointFormat format, OverflowMode overflow)
    {
        RequireStorage(format, nameof(format));
        return OverflowHandling.Apply(raw, format, overflow);
    }

    /// <summary>Converts a raw value with <paramref name="fractionBits"/> fraction bits to a format: rounding, then overflow (§2).</summary>
    /// <exception cref="NotSupportedException">The mode is <see cref="OverflowMode.WrapSignMagnitude"/>.</exception>
    public static BigInteger Quantize(
        BigInteger raw, int fractionBits, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow)
    {
        int shift = Shift(fractionBits, target);

        // A number other than 0 that is shifted left by more than the width is out of range and 0 modulo 2^W; a longer shift
        // changes neither.
        shift = Math.Max(shift, -1 - Math.Max(0, target.Width));
        return Overflow(ShiftRound(raw, shift, rounding), target, overflow);
    }

    /// <summary>Converts between two formats of at most 64 bits, storage to storage (§1.5, §2); exact for every shift.</summary>
    /// <exception cref="ArgumentException">A format is wider than 64 bits.</exception>
    /// <exception cref="NotSupportedException">The mode is <see cref="OverflowMode.WrapSignMagnitude"/>.</exception>
    public static long Quantize(
        long rawStorage, FixedPointFormat source, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow)
    {
        RequireStorage(source, nameof(source));
        RequireStorage(target, nameof(target));
        int shift = Shift(source.FractionBits, target);
        bool fits = shift >= 0 || (shift > -64 && (rawStorage << -shift) >> -shift == rawStorage);
        if (fits && (rawStorage >= 0 || !source.IsUnsigned64))
        {
            return OverflowHandling.Apply(Rounding.Shift(rawStorage, shift, rounding), target, overflow);
        }

        BigInteger raw = source.FromStorage(rawStorage);
        return target.ToStorage(Quantize(raw, source.FractionBits, target, rounding, overflow));
    }

    /// <summary>Converts a real number to a format of at most 64 bits, exactly for every finite double (§5).</summary>
    /// <returns>The storage (§1.5). ±∞ gives the ends of the range under a saturating mode, 0 under SaturateToZero.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is NaN, or infinite under Wrap; or the format is wider than 64 bits.</exception>
    /// <exception cref="NotSupportedException">The mode is <see cref="OverflowMode.WrapSignMagnitude"/>.</exception>
    public static long FromDouble(double x, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow)
    {
        if (TryFromDouble(x, target, rounding, overflow, out long raw))
        {
            return raw;
        }

        throw new ArgumentException(
            double.IsNaN(x)
                ? "NaN has no fixed-point value."
                : string.Format(CultureInfo.InvariantCulture, "{0}∞ has no value in {1} under {2}.", x < 0 ? "−" : "+", target, overflow),
            nameof(x));
    }

    /// <summary>Converts a real number as <see cref="FromDouble"/> does, but answers NaN and ∞ under Wrap with 0 and false (§5.3).</summary>
    /// <exception cref="ArgumentException">The format is wider than 64 bits.</exception>
    /// <exception cref="NotSupportedException">The mode is <see cref="OverflowMode.WrapSignMagnitude"/>.</exception>
    public static bool TryFromDouble(
        double x, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow, out long raw)
    {
        RequireStorage(target, nameof(target));
        return RealConversion.TryFromDouble(x, target, rounding, overflow, out raw);
    }

    /// <summary>The value of a stored raw number: exact where 53 bits and the exponent of a double suffice, else correctly rounded.</summary>
    /// <exception cref="ArgumentException">The format is wider than 64 bits.</exception>
    public static double ToDouble(long rawStorage, FixedPointFormat format)
    {
        RequireStorage(format, nameof(format));
        return RealConversion.ToDouble(rawStorage, format);
    }

    private static int Shift(int fractionBits, FixedPointFormat target)
    {
        long shift = (long)fractionBits - target.FractionBits;
        return (int)Math.Max(-int.MaxValue, Math.Min(int.MaxValue, shift));
    }

    private static void RequireStorage(FixedPointFormat format, string parameter)
    {
        if (format.Width > FixedPointFormat.MaxWidth)
        {
            throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture, "The format {0} is {1} bits wide; at most 64 are supported.", format, format.Width),
                parameter);
        }
    }
}
