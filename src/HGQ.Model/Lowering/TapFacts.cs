using System;
using System.Numerics;

namespace HGQ.Model.Lowering;

/// <summary>What is known of the values one tap of a constant product reads, over all positions.</summary>
/// <param name="Low">Smallest raw value.</param>
/// <param name="High">Largest raw value.</param>
/// <param name="FractionBits">Fraction bits, equal at all positions where the value is not the constant 0.</param>
/// <param name="IsConstant">The value is the same at all positions, always.</param>
internal readonly record struct TapFacts(BigInteger Low, BigInteger High, int FractionBits, bool IsConstant)
{
    /// <summary>Facts of all taps [G·T].</summary>
    public static TapFacts[] Of(DraftBuffer source, ProductGeometry geometry)
    {
        var facts = new TapFacts[geometry.TapOffsets.Length];
        for (var gt = 0; gt < facts.Length; gt++)
        {
            int first = geometry.PositionOffsets[0] + geometry.TapOffsets[gt];
            var interval = source.Intervals[first];
            int fractionBits = source.Formats[first].FractionBits;
            bool known = !source.IsZero(first);
            for (var p = 1; p < geometry.PositionOffsets.Length; p++)
            {
                int e = geometry.PositionOffsets[p] + geometry.TapOffsets[gt];
                if (!known && !source.IsZero(e))
                {
                    fractionBits = source.Formats[e].FractionBits;
                    known = true;
                }

                if (!source.Intervals[e].Equals(source.Intervals[e - geometry.PositionOffsets[p] + geometry.PositionOffsets[p - 1]]))
                {
                    interval = interval.Union(source.Intervals[e]);
                }
            }

            facts[gt] = new TapFacts(interval.Low, interval.High, fractionBits, interval.IsPoint);
        }

        return facts;
    }
}

/// <summary>An exact number Raw · 2^−FractionBits.</summary>
/// <param name="Raw">Raw integer.</param>
/// <param name="FractionBits">Its fraction bits.</param>
internal readonly record struct DyadicSum(BigInteger Raw, int FractionBits)
{
    /// <summary>The exact sum with another such number.</summary>
    public DyadicSum Plus(BigInteger raw, int fractionBits)
    {
        if (raw.IsZero)
        {
            return this;
        }

        if (Raw.IsZero)
        {
            return new DyadicSum(raw, fractionBits);
        }

        int bits = Math.Max(FractionBits, fractionBits);
        return new DyadicSum((Raw << (bits - FractionBits)) + (raw << (bits - fractionBits)), bits);
    }

    /// <summary>The raw integer at other fraction bits that hold it exactly.</summary>
    public BigInteger At(int fractionBits)
        => Raw.IsZero ? Raw : fractionBits >= FractionBits ? Raw << (fractionBits - FractionBits) : Raw >> (FractionBits - fractionBits);
}

/// <summary>Number of zero bits below the lowest set bit.</summary>
internal static class TrailingZeros
{
    public static int Of(long value)
    {
        var count = 0;
        for (; value != 0 && (value & 1) == 0; value >>= 1)
        {
            count++;
        }

        return count;
    }

    public static int Of(BigInteger value)
    {
        var count = 0;
        for (; !value.IsZero && value.IsEven; value >>= 1)
        {
            count++;
        }

        return count;
    }
}
