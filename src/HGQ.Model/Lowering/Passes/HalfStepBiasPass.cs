using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>
/// Round-half-up behind a product becomes truncation: half an output step goes into the bias (fixed-point.md 3.3). A relu in
/// between does not mind, since max(x, 0) and x + half below half both truncate to 0 or less.
/// </summary>
internal static class HalfStepBiasPass
{
    public static void Run(ProgramDraft draft)
    {
        var readers = draft.Readers();
        var replaced = new Dictionary<Instruction, Instruction>();
        foreach (var product in draft.Instructions.OfType<ConstantProductInstruction>().ToArray())
        {
            var reading = readers[product.Destination];
            if (reading.Count == 1 && reading[0] is RequantizeInstruction requantize)
            {
                Rewrite(draft, product, requantize, replaced);
            }
        }

        draft.Instructions = draft.Instructions.Select(i => replaced.TryGetValue(i, out var other) ? other : i).ToList();
    }

    private static void Rewrite(
        ProgramDraft draft, ConstantProductInstruction product, RequantizeInstruction requantize, Dictionary<Instruction, Instruction> replaced)
    {
        int outputs = product.Groups * product.Outputs;
        var bias = product.Bias.ToArray();
        var roundings = requantize.Roundings.ToArray();
        var sums = draft.Buffers[product.Destination];
        var changed = false;
        for (var j = 0; j < outputs; j++)
        {
            if (!CanCover(requantize, j, outputs, product.Positions))
            {
                continue;
            }

            var half = BigInteger.One << (requantize.Shifts[j] - 1);
            if (bias[j] + half > long.MaxValue)
            {
                continue;
            }

            bias[j] += (long)half;
            changed = true;
            for (var p = 0; p < product.Positions; p++)
            {
                int e = (p * outputs) + j;
                roundings[e] = RoundingMode.Truncate;
                sums.Intervals[e] += RawInterval.Point(half);
                sums.Formats[e] = FixedPointFormat.ForInterval(sums.Intervals[e], sums.Formats[e].FractionBits);
            }
        }

        if (changed)
        {
            replaced[product] = product with { Bias = bias };
            replaced[requantize] = requantize with { Roundings = roundings };
            draft.Probes.RemoveAll(probe => probe.Buffer == product.Destination);
        }
    }

    // The bias is shared by all positions: they must agree on shift and rounding.
    private static bool CanCover(RequantizeInstruction requantize, int output, int outputs, int positions)
    {
        for (var p = 0; p < positions; p++)
        {
            int e = (p * outputs) + output;
            if (requantize.Roundings[e] != RoundingMode.RoundHalfUp
                || requantize.Shifts[e] is < 1 or > 62
                || requantize.Shifts[e] != requantize.Shifts[output])
            {
                return false;
            }
        }

        return true;
    }
}
