using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Folding;

/// <summary>A multiplier of a folded product: what it multiplies in each phase.</summary>
internal sealed class FoldLane
{
    /// <summary>Creates a lane. Where it rests its weight is 0, and it keeps an input that it reads in another phase.</summary>
    /// <param name="taps">Input of each phase; any where the weight is 0.</param>
    /// <param name="weights">Weight of each phase; one is not 0.</param>
    public FoldLane(IReadOnlyList<int> taps, IReadOnlyList<BigInteger> weights)
    {
        var read = Enumerable.Range(0, taps.Count).First(phase => !weights[phase].IsZero);
        Taps = taps.Select((tap, phase) => weights[phase].IsZero ? taps[read] : tap).ToArray();
        Shift = weights.Where(weight => !weight.IsZero).Min(TrailingZeros);
        Weights = weights.Select(weight => weight >> Shift).ToArray();
        Type = WireType.For(new RawInterval(Weights.Min(), Weights.Max()));
    }

    /// <summary>Input of each phase.</summary>
    public IReadOnlyList<int> Taps { get; }

    /// <summary>Weight of each phase, without the zeros at the end that all have in common.</summary>
    public IReadOnlyList<BigInteger> Weights { get; }

    /// <summary>Bits that the product is shifted left by.</summary>
    public int Shift { get; }

    /// <summary>Type of the table of weights.</summary>
    public WireType Type { get; }

    /// <summary>Whether its input depends on the phase.</summary>
    public bool Moves => Taps.Any(tap => tap != Taps[0]);

    /// <summary>Zeros at the end of a number that is not 0.</summary>
    public static int TrailingZeros(BigInteger value)
    {
        var zeros = 0;
        for (; value.IsEven; value >>= 1)
        {
            zeros++;
        }

        return zeros;
    }
}
