using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Interpretation;

/// <summary>Constant products over the weights that are not 0.</summary>
internal static class ConstantProductExecution
{
    public static Action<long[][]> Of(IntegerProgram program, ConstantProductInstruction instruction)
    {
        int outputs = instruction.Groups * instruction.Outputs;
        var (starts, offsets, weights) = Pack(instruction, outputs);
        long[] bias = instruction.Bias.Items;
        int[] positions = instruction.PositionOffsets.Items;
        var wraps = Enumerable.Range(0, outputs).Select(j => new WrapStep(program.Buffers[instruction.Destination].Formats[j])).ToArray();
        int from = instruction.Source, to = instruction.Destination;
        return buffers =>
        {
            long[] source = buffers[from], target = buffers[to];
            var e = 0;
            foreach (int position in positions)
            {
                for (var j = 0; j < outputs; j++)
                {
                    long sum = bias[j];
                    for (int n = starts[j]; n < starts[j + 1]; n++)
                    {
                        sum = unchecked(sum + (weights[n] * source[position + offsets[n]]));
                    }

                    target[e++] = wraps[j].Apply(sum);
                }
            }
        };
    }

    private static (int[] Starts, int[] Offsets, long[] Weights) Pack(ConstantProductInstruction instruction, int outputs)
    {
        var starts = new int[outputs + 1];
        var offsets = new List<int>();
        var weights = new List<long>();
        for (var j = 0; j < outputs; j++)
        {
            int group = j / instruction.Outputs, o = j % instruction.Outputs;
            for (var t = 0; t < instruction.Taps; t++)
            {
                int gt = (group * instruction.Taps) + t;
                long weight = instruction.Weights[(gt * instruction.Outputs) + o];
                if (weight != 0)
                {
                    offsets.Add(instruction.TapOffsets[gt]);
                    weights.Add(weight);
                }
            }

            starts[j + 1] = weights.Count;
        }

        return (starts, offsets.ToArray(), weights.ToArray());
    }
}
