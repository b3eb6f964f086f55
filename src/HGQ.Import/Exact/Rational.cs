using System;
using System.Globalization;
using System.Numerics;

namespace HGQ.Import.Exact;

/// <summary>A fraction of integers in lowest terms: what the source's definition says, before anything is rounded.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private const int RootBits = 192;

    private readonly BigInteger _numerator;

    // 0 in the default value, which stands for the number 0.
    private readonly BigInteger _denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        common = denominator.Sign < 0 ? -common : common;
        _numerator = numerator / common;
        _denominator = denominator / common;
    }

    private Rational(BigInteger numerator, BigInteger denominator, bool reduced)
    {
        _ = reduced;
        _numerator = numerator;
        _denominator = denominator;
    }

    private Rational(BigInteger whole)
    {
        _numerator = whole;
        _denominator = BigInteger.One;
    }

    public static Rational Zero => default;

    public static Rational One { get; } = new(BigInteger.One);

    public BigInteger Numerator => _numerator;

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public int Sign => _numerator.Sign;

    public bool IsZero => _numerator.IsZero;

    /// <summary>Whether the number is an integer times a power of two.</summary>
    public bool IsDyadic => Denominator.IsPowerOfTwo;

    /// <summary>Whether the number is a power of two.</summary>
    public bool IsPowerOfTwo => Sign > 0 && _numerator.IsPowerOfTwo && Denominator.IsPowerOfTwo;

    /// <summary>Of a dyadic number: the fewest fraction bits that hold it; may be negative.</summary>
    public int FractionBits => IsZero ? 0 : Log2(Denominator) - TrailingZeros(_numerator);

    /// <summary>Bits of the odd part of the numerator.</summary>
    public int SignificantBits => IsZero ? 0 : (int)(BigInteger.Abs(_numerator) >> TrailingZeros(_numerator)).GetBitLength();

    public static implicit operator Rational(long whole) => new((BigInteger)whole);

    public static implicit operator Rational(BigInteger whole) => new(whole);

    public static Rational operator +(Rational a, Rational b)
        => new((a._numerator * b.Denominator) + (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b)
        => new((a._numerator * b.Denominator) - (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a) => new(-a._numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a._numerator * b._numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a._numerator * b.Denominator, a.Denominator * b._numerator);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static Rational Min(Rational a, Rational b) => a < b ? a : b;

    public static Rational Max(Rational a, Rational b) => a > b ? a : b;

    /// <summary>2 to the power of <paramref name="exponent"/>.</summary>
    public static Rational PowerOfTwo(int exponent) => exponent >= 0
        ? new Rational(BigInteger.One << exponent)
        : new Rational(BigInteger.One, BigInteger.One << -exponent);

    /// <summary>The exact value of a finite double.</summary>
    public static Rational Of(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("only finite numbers have a value", nameof(value));
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) & 0x7FF;
        long mantissa = bits & ((1L << 52) - 1);
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
        if (mantissa == 0)
        {
            return Zero;
        }

        // Odd over a power of two is in lowest terms.
        int zeros = BitOperations.TrailingZeroCount(mantissa), power = Math.Max(exponent, 1) - 1075 + zeros;
        BigInteger odd = (bits < 0 ? -mantissa : mantissa) >> zeros;
        return power >= 0 ? new Rational(odd << power) : new Rational(odd, BigInteger.One << -power, reduced: true);
    }

    /// <summary>The square root, exact where it is rational, else with 192 good bits.</summary>
    public static Rational Sqrt(Rational value)
    {
        BigInteger exactTop = Root(value._numerator), exactBottom = Root(value.Denominator);
        if (exactTop * exactTop == value._numerator && exactBottom * exactBottom == value.Denominator)
        {
            return new Rational(exactTop, exactBottom);
        }

        int shift = RootBits + (int)Math.Max(0, value.Denominator.GetBitLength() - value._numerator.GetBitLength());
        return new Rational(Root((value._numerator << (2 * shift)) / value.Denominator), BigInteger.One << shift);
    }

    /// <summary>The largest integer not above the number.</summary>
    public BigInteger Floor()
    {
        BigInteger quotient = BigInteger.DivRem(_numerator, Denominator, out BigInteger rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    public Rational Abs() => Sign < 0 ? -this : this;

    /// <summary>The number times 2^<paramref name="fractionBits"/>, which must be an integer.</summary>
    public BigInteger ToRaw(int fractionBits)
    {
        Rational scaled = this * PowerOfTwo(fractionBits);
        return scaled.Denominator.IsOne ? scaled._numerator
            : throw new InvalidOperationException($"{this} has more than {fractionBits} fraction bits");
    }

    public double ToDouble()
    {
        // Both parts are cut to a length that a double holds without overflow; 64 guard bits keep the quotient good to its last bit.
        int shift = (int)(_numerator.GetBitLength() - Denominator.GetBitLength()) - 64;
        BigInteger quotient = shift >= 0 ? _numerator / (Denominator << shift) : (_numerator << -shift) / Denominator;
        return Math.ScaleB((double)quotient, shift);
    }

    public bool Equals(Rational other) => _numerator == other._numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_numerator, Denominator);

    public int CompareTo(Rational other) => (_numerator * other.Denominator).CompareTo(other._numerator * Denominator);

    public override string ToString() => ToDouble().ToString("R", CultureInfo.InvariantCulture);

    private static int Log2(BigInteger power) => (int)power.GetBitLength() - 1;

    private static int TrailingZeros(BigInteger value) => (int)BigInteger.TrailingZeroCount(value);

    // Newton's iteration from above.
    private static BigInteger Root(BigInteger value)
    {
        if (value.Sign <= 0)
        {
            return BigInteger.Zero;
        }

        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
