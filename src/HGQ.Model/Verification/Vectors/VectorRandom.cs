using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Verification;

/// <summary>Random codes, the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014).</summary>
internal sealed class VectorRandom
{
    private ulong _state;

    public VectorRandom(ulong seed) => _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>Any code of a format.</summary>
    public long Code(FixedPointFormat format)
    {
        ulong bits = Next();
        int unused = FixedPointFormat.MaxWidth - format.Width;
        return format.IsZero ? 0 : format.Signed ? (long)(bits << unused) >> unused : (long)(bits << unused >> unused);
    }

    /// <summary>One of the three lowest or three highest codes.</summary>
    public long NearLimit(FixedPointFormat format)
    {
        ulong bits = Next();
        if (format.IsZero)
        {
            return 0;
        }

        var near = (BigInteger)(bits % 3);
        var raw = (bits & (1UL << 40)) == 0 ? format.MinRaw + near : format.MaxRaw - near;
        return format.ToStorage(BigInteger.Max(format.MinRaw, BigInteger.Min(format.MaxRaw, raw)));
    }
}
