using System.Linq;
using System.Numerics;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>
/// Drops elements that nothing reads or that are constant, and everything only they feed. Kernels that slide over positions
/// stay regular: their channels live or die at all positions together.
/// </summary>
internal static class DeadElementPass
{
    public static void Run(ProgramDraft draft)
    {
        SeparateConstantOutputs(draft);
        var kept = Liveness.Of(draft);
        Compaction.Run(draft, kept);
    }

    // A result with constant elements is put together at the end, so that the constants need not be computed.
    private static void SeparateConstantOutputs(ProgramDraft draft)
    {
        for (var n = 0; n < draft.Outputs.Count; n++)
        {
            var output = draft.Outputs[n];
            var buffer = draft.Buffers[output.Buffer];
            if (!Enumerable.Range(0, buffer.Length).Any(buffer.IsConstant))
            {
                continue;
            }

            var sourceOf = new int[buffer.Length];
            var indexOf = new int[buffer.Length];
            var constants = new long[buffer.Length];
            for (var e = 0; e < buffer.Length; e++)
            {
                bool constant = buffer.IsConstant(e);
                sourceOf[e] = constant ? -1 : 0;
                indexOf[e] = constant ? 0 : e;
                constants[e] = constant ? ConstantOf(buffer, e) : 0;
            }

            int joined = draft.AddBuffer(buffer.Layer, "result", buffer.Formats.ToArray(), buffer.Intervals.ToArray(), buffer.Channels);
            draft.Instructions.Add(new GatherInstruction(
                buffer.Layer, new[] { output.Buffer }, joined, sourceOf, indexOf, constants));
            draft.Outputs[n] = output with { Buffer = joined };
        }
    }

    /// <summary>Storage of an element that is always the same.</summary>
    public static long ConstantOf(DraftBuffer buffer, int element)
    {
        var format = buffer.Formats[element];
        BigInteger value = buffer.Intervals[element].Low;
        return format.IsZero ? 0 : format.ToStorage(value);
    }
}
