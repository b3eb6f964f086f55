using System.Numerics;

namespace HGQ.Testing.Graphs;

/// <summary>An exact number Raw · 2^−FractionBits, for definitions that tests compare with.</summary>
/// <param name="Raw">Integer.</param>
/// <param name="FractionBits">Binary places.</param>
public readonly record struct Dyadic(BigInteger Raw, int FractionBits)
{
    /// <summary>Zero.</summary>
    public static Dyadic Zero => new(0, 0);

    /// <summary>Sum.</summary>
    public static Dyadic operator +(Dyadic left, Dyadic right)
    {
        int bits = int.Max(left.FractionBits, right.FractionBits);
        return new Dyadic(left.At(bits) + right.At(bits), bits);
    }

    /// <summary>Difference.</summary>
    public static Dyadic operator -(Dyadic left, Dyadic right) => left + new Dyadic(-right.Raw, right.FractionBits);

    /// <summary>Product.</summary>
    public static Dyadic operator *(Dyadic left, Dyadic right) => new(left.Raw * right.Raw, left.FractionBits + right.FractionBits);

    /// <summary>The integer at other fraction bits; what does not fit is cut towards −∞.</summary>
    public BigInteger At(int fractionBits)
        => fractionBits >= FractionBits ? Raw << (fractionBits - FractionBits) : Raw >> (FractionBits - fractionBits);

    /// <summary>Compares values.</summary>
    public int CompareTo(Dyadic other) => (this - other).Raw.Sign;
}
