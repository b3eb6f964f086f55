using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Import.Emission.Qdq;

/// <summary>
/// Tells whether float32 adds some terms exactly in whatever order: every partial sum must have at most 24 bits, counted from the lowest
/// bit that all terms have in common.
/// </summary>
internal struct SumBound
{
    private const int Significand = 24;

    private BigInteger _low;
    private BigInteger _high;
    private BigInteger _bits;

    /// <summary>Whether all partial sums are exact.</summary>
    public readonly bool IsExact
    {
        get
        {
            BigInteger step = _bits & -_bits;
            return BigInteger.Max(-_low, _high) <= BigInteger.Max(step, BigInteger.One) << Significand;
        }
    }

    /// <summary>The largest magnitude of a partial sum.</summary>
    public readonly BigInteger Magnitude => BigInteger.Max(-_low, _high);

    /// <summary>Adds a term: any multiple of <paramref name="step"/> within <paramref name="range"/>.</summary>
    public void Add(RawInterval range, BigInteger step)
    {
        _low += BigInteger.Min(range.Low, BigInteger.Zero);
        _high += BigInteger.Max(range.High, BigInteger.Zero);
        _bits |= BigInteger.Abs(step);
    }
}
