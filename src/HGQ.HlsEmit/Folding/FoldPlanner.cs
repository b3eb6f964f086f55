using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Folding;

/// <summary>
/// Spreads a product over phases. Either outputs take turns: those of a group share multipliers, whose weights are as wide as the widest
/// of the group, so outputs of similar weights come together. Or inputs take turns: an output adds up what its multipliers give, and
/// weights of similar width come together. The cheapest way is taken.
/// </summary>
internal sealed class FoldPlanner(IReadOnlyList<FoldRow> rows, FoldCost cost, int phases)
{
    private readonly int[] _taps = rows.SelectMany(row => row.Weights.Keys).Distinct().Order().ToArray();

    /// <summary>The cheapest plan.</summary>
    public FoldPlan Plan() => new[] { Outputs(), SharedInputs(), OwnInputs(ByWeight), OwnInputs(ByShift) }.MinBy(cost.Of)!;

    private static (int, int) Key(BigInteger weight)
    {
        var zeros = FoldLane.TrailingZeros(weight);
        return (WireType.For(RawInterval.Point(weight >> zeros)).Width, zeros);
    }

    private (int, int, int) ByWeight(int tap, BigInteger weight) => (Key(weight).Item1, cost.Bits(tap), Key(weight).Item2);

    private (int, int, int) ByShift(int tap, BigInteger weight) => (Key(weight).Item2, Key(weight).Item1, cost.Bits(tap));

    private FoldPlan Outputs() => new(phases, HlsFoldAxis.Outputs, new OutputGroups(rows, _taps, cost, phases).Make().Select(group =>
    {
        var turns = Enumerable.Range(0, phases).Select(phase => phase < group.Count ? group[phase] : null).ToArray();
        var lanes = _taps.Where(tap => group.Exists(row => row.Weights.ContainsKey(tap))).Select(tap => new FoldLane(
            Enumerable.Repeat(tap, phases).ToArray(),
            turns.Select(row => row?.Weights.GetValueOrDefault(tap) ?? BigInteger.Zero).ToArray()));
        return new FoldSlot(turns, lanes.ToArray());
    }).ToArray());

    // All outputs read the same input in a phase, so they share what chooses it.
    private FoldPlan SharedInputs()
    {
        var widest = _taps.ToDictionary(tap => tap, tap => rows.Max(
            row => row.Weights.TryGetValue(tap, out var weight) ? Key(weight).Item1 : 0));
        var chunks = _taps.OrderBy(tap => (widest[tap], cost.Bits(tap), tap)).Chunk(phases).ToArray();
        return new FoldPlan(phases, HlsFoldAxis.Inputs, rows.Select(row => new FoldSlot(
            [row],
            chunks.Where(chunk => Array.Exists(chunk, row.Weights.ContainsKey)).Select(chunk => Lane(row, chunk)).ToArray()))
            .ToArray());
    }

    private FoldPlan OwnInputs(Func<int, BigInteger, (int, int, int)> key) => new(
        phases, HlsFoldAxis.Inputs, rows.Select(row => new FoldSlot(
        [row],
        row.Weights.OrderBy(entry => key(entry.Key, entry.Value)).ThenBy(entry => entry.Key).Select(entry => entry.Key)
            .Chunk(phases).Select(chunk => Lane(row, chunk)).ToArray())).ToArray());

    private FoldLane Lane(FoldRow row, int[] chunk) => new(
        Enumerable.Range(0, phases).Select(phase => phase < chunk.Length ? chunk[phase] : chunk[0]).ToArray(),
        Enumerable.Range(0, phases)
            .Select(phase => phase < chunk.Length ? row.Weights.GetValueOrDefault(chunk[phase]) : BigInteger.Zero).ToArray());
}
