using System;
using System.Globalization;
using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>
/// A fixed-point format (k, i, f): a value is raw · 2^−f with −k·2^(i+f) ≤ raw ≤ 2^(i+f) − 1 (docs/fixed-point.md §1).
/// </summary>
/// <param name="Signed">Whether a sign bit is kept (k).</param>
/// <param name="IntegerBits">Integer bits without the sign (i); may be negative.</param>
/// <param name="FractionBits">Fraction bits (f); may be negative.</param>
/// <remarks>
/// A raw value of up to 64 bits is stored as the two's complement bits of a <see cref="long"/>; only an unsigned format of
/// exactly 64 bits reads those bits as an unsigned number (§1.5).
/// </remarks>
public readonly record struct FixedPointFormat(bool Signed, int IntegerBits, int FractionBits)
{
    /// <summary>The widest format that storage, programs and back ends support (§1.4).</summary>
    public const int MaxWidth = 64;

    /// <summary>The format (0, 0, 0), which holds only 0.</summary>
    public static readonly FixedPointFormat Zero = new(false, 0, 0);

    /// <summary>Width W = k + i + f in bits; 0 or less means the constant 0 (§1.2, §1.3).</summary>
    public int Width => Saturated((long)IntegerBits + FractionBits + (Signed ? 1 : 0));

    /// <summary>Whether the format holds only 0 (§1.3).</summary>
    public bool IsZero => Width <= 0;

    /// <summary>Smallest raw value, −k·2^(i+f); 0 when <see cref="IsZero"/>.</summary>
    public BigInteger MinRaw => IsZero || !Signed ? BigInteger.Zero : -(BigInteger.One << (Width - 1));

    /// <summary>Largest raw value, 2^(i+f) − 1; 0 when <see cref="IsZero"/>.</summary>
    public BigInteger MaxRaw => IsZero ? BigInteger.Zero : (BigInteger.One << MagnitudeBits) - 1;

    /// <summary>The interval [<see cref="MinRaw"/>, <see cref="MaxRaw"/>].</summary>
    public RawInterval RawInterval => new(MinRaw, MaxRaw);

    /// <summary>Distance of neighbouring values, 2^−f (0 or ∞ beyond the exponents of a double).</summary>
    public double Step => RealConversion.ToDouble(BigInteger.One, FractionBits);

    /// <summary>Smallest value, correctly rounded to a double.</summary>
    public double MinValue => RealConversion.ToDouble(MinRaw, FractionBits);

    /// <summary>Largest value, correctly rounded to a double.</summary>
    public double MaxValue => RealConversion.ToDouble(MaxRaw, FractionBits);

    /// <summary>Whether stored bits are read as an unsigned 64-bit number (§1.5).</summary>
    internal bool IsUnsigned64 => !Signed && Width == MaxWidth;

    private int MagnitudeBits => Signed ? Width - 1 : Width;

    /// <summary>The narrowest format with the given fraction bits that holds an interval; [0, 0] gives (0, −f, f) of width 0.</summary>
    /// <param name="interval">Raw values at <paramref name="fractionBits"/>.</param>
    /// <param name="fractionBits">Fraction bits of the raw values and of the result.</param>
    public static FixedPointFormat ForInterval(RawInterval interval, int fractionBits)
    {
        bool signed = interval.Low.Sign < 0;
        int bits = interval.Width(signed) - (signed ? 1 : 0);
        return new FixedPointFormat(signed, bits - fractionBits, fractionBits);
    }

    /// <summary>Whether a raw value lies in the format's range.</summary>
    public bool Contains(BigInteger raw) => raw >= MinRaw && raw <= MaxRaw;

    /// <summary>Whether 64 stored bits (§1.5) lie in the format's range; the fast form of <see cref="Contains"/>.</summary>
    internal bool ContainsStorage(long bits)
    {
        int width = Width;
        if (width >= MaxWidth)
        {
            return true;
        }

        return width <= 0 ? bits == 0 : Signed ? bits >> (width - 1) is 0 or -1 : unchecked((ulong)bits) >> width == 0;
    }

    /// <summary>The 64-bit storage of a raw value of this format (§1.5).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value isn't one of the format, or the format is wider than 64 bits.</exception>
    public long ToStorage(BigInteger raw)
    {
        if (Width > MaxWidth || !Contains(raw))
        {
            throw new ArgumentOutOfRangeException(
                nameof(raw),
                string.Format(CultureInfo.InvariantCulture, "The raw value {0} has no 64-bit storage in the format {1}.", raw, this));
        }

        return IsUnsigned64 ? unchecked((long)(ulong)raw) : (long)raw;
    }

    /// <summary>The raw value that 64 stored bits stand for (§1.5).</summary>
    public BigInteger FromStorage(long bits) => IsUnsigned64 ? unchecked((ulong)bits) : bits;

    /// <summary>Prints <c>s&lt;i,f&gt;</c> for a signed and <c>u&lt;i,f&gt;</c> for an unsigned format, in every culture alike.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0}<{1},{2}>", Signed ? 's' : 'u', IntegerBits, FractionBits);

    private static int Saturated(long width) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, width));
}
