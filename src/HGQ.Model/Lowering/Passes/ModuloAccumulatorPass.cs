using System;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>
/// Where the only reader of a sum wraps, the low bits of the sum are enough (fixed-point.md 3.2): the accumulator becomes a
/// two's complement number of the reader's width plus the dropped fraction bits.
/// </summary>
internal static class ModuloAccumulatorPass
{
    public static void Run(ProgramDraft draft)
    {
        var readers = draft.Readers();
        foreach (var instruction in draft.Instructions)
        {
            var reading = readers[instruction.Destination];
            if (reading.Count != 1 || reading[0] is not RequantizeInstruction { Relu: false } requantize)
            {
                continue;
            }

            switch (instruction)
            {
                case ConstantProductInstruction product:
                    Narrow(draft, requantize, product.Destination, product.Groups * product.Outputs);
                    break;
                case AddInstruction or ProductInstruction:
                    Narrow(draft, requantize, instruction.Destination, draft.Buffers[instruction.Destination].Length);
                    break;
                case QuantizeInputInstruction or GatherInstruction or RequantizeInstruction or ClampInstruction
                    or TableLookupInstruction or ReduceInstruction:
                    // No sums.
                    break;
                default:
                    throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}.");
            }
        }
    }

    private static void Narrow(ProgramDraft draft, RequantizeInstruction requantize, int sums, int outputs)
    {
        var buffer = draft.Buffers[sums];
        var target = draft.Buffers[requantize.Destination];
        var narrowed = false;
        for (var j = 0; j < outputs; j++)
        {
            int width = 1;
            for (int e = j; e < buffer.Length && width <= FixedPointFormat.MaxWidth; e += outputs)
            {
                width = Math.Max(width, NeededWidth(requantize, target, e));
            }

            if (width >= buffer.Formats[j].Width || buffer.Intervals[j].IsPoint)
            {
                continue;
            }

            narrowed = true;
            for (int e = j; e < buffer.Length; e += outputs)
            {
                int fractionBits = buffer.Formats[e].FractionBits;
                buffer.Formats[e] = new FixedPointFormat(true, width - 1 - fractionBits, fractionBits);
                buffer.Intervals[e] = buffer.Formats[e].RawInterval;
            }
        }

        if (narrowed)
        {
            draft.Probes.RemoveAll(probe => probe.Buffer == sums);
        }
    }

    // Low bits the reader depends on; int.MaxValue where it needs the true value or its sign.
    private static int NeededWidth(RequantizeInstruction requantize, DraftBuffer target, int e)
    {
        var rounding = requantize.Roundings[e];
        bool lowBitsSuffice = requantize.Overflows[e] == OverflowAction.Wrap
            && rounding is RoundingMode.Truncate or RoundingMode.RoundHalfUp or RoundingMode.RoundHalfDown or RoundingMode.RoundHalfEven;
        return lowBitsSuffice ? Math.Max(target.Formats[e].Width + requantize.Shifts[e], 1) : int.MaxValue;
    }
}
