using System.Linq;
using HGQ.Model.Cost;

namespace HGQ.Model.Lowering;

/// <summary>Which source elements a constant product reads (integer-program.md §3).</summary>
/// <param name="Positions">P.</param>
/// <param name="Groups">G.</param>
/// <param name="Taps">T.</param>
/// <param name="Outputs">O.</param>
/// <param name="PositionOffsets">[P].</param>
/// <param name="TapOffsets">[G·T].</param>
internal sealed record ProductGeometry(int Positions, int Groups, int Taps, int Outputs, int[] PositionOffsets, int[] TapOffsets)
{
    /// <summary>One kernel over the last axis, at every position of the leading axes.</summary>
    public static ProductGeometry LastAxis(int positions, int inputs, int outputs) => new(
        positions,
        1,
        inputs,
        outputs,
        Enumerable.Range(0, positions).Select(p => p * inputs).ToArray(),
        Enumerable.Range(0, inputs).ToArray());

    /// <summary>One factor for each channel of the last axis, at every position.</summary>
    public static ProductGeometry PerChannel(int positions, int channels) => new(
        positions,
        channels,
        1,
        1,
        Enumerable.Range(0, positions).Select(p => p * channels).ToArray(),
        Enumerable.Range(0, channels).ToArray());

    /// <summary>What its products cost.</summary>
    /// <param name="source">The layer's input, before alignment.</param>
    /// <param name="weights">Raw weights [(g·T + t)·O + o].</param>
    /// <param name="scale">Factor for positions that share hardware: parallel factor / positions.</param>
    public LayerCost Cost(DraftBuffer source, EquatableArray<long> weights, double scale) =>
        EffectiveBitOperations.Of(source.CountedWidth, PositionOffsets, TapOffsets, weights, scale);
}

/// <summary>Constants with fraction bits of their own: value = Raw[n] · 2^−FractionBits[n].</summary>
/// <param name="Raw">Raw integers.</param>
/// <param name="FractionBits">Fraction bits of each.</param>
internal sealed record ScaledConstants(long[] Raw, int[] FractionBits);
