using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Adders;

namespace HGQ.HlsEmit.Folding;

/// <summary>What a way to fold costs, to choose among them: LUTs, with a hundred for a DSP.</summary>
/// <param name="tapBits">Bits of each input.</param>
/// <param name="strategy">What multiplies.</param>
internal sealed class FoldCost(IReadOnlyDictionary<int, int> tapBits, HlsStrategy strategy)
{
    /// <summary>LUTs of a whole plan.</summary>
    public long Of(FoldPlan plan)
    {
        var multiplexers = plan.Lanes.Where(lane => lane.Moves)
            .GroupBy(lane => string.Join(',', lane.Taps))
            .Sum(group => (long)Bits(group.First()) * ((group.First().Taps.Distinct().Count() + 3) / 4));
        var sums = plan.Axis == HlsFoldAxis.Inputs ? plan.Slots.Count * plan.Lanes.Select(Bits).DefaultIfEmpty(0).Max() : 0;
        return multiplexers + sums + plan.Lanes.Sum(lane => Lane(Bits(lane), lane.Type.Width));
    }

    /// <summary>LUTs of a multiplier, of its table and of the adder behind it.</summary>
    public long Lane(int input, int weight) => input + weight
        + ((weight + 1) / 2)
        + (DspRule.IsFoldedMultiplication(strategy, input, weight) ? DspRule.MostLuts : (long)input * weight);

    /// <summary>Bits of an input.</summary>
    public int Bits(int tap) => tapBits[tap];

    private int Bits(FoldLane lane) => lane.Taps.Max(Bits);
}
