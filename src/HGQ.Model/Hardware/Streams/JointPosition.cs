using System;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.Model.Hardware.Streams;

/// <summary>What joins streams, at one position: a sum, or channels that are chosen out of them.</summary>
internal sealed class JointPosition
{
    private readonly Func<int[], int, Instruction> _with;

    private JointPosition(Func<int[], int, Instruction> with) => _with = with;

    /// <summary>The instruction between buffers.</summary>
    /// <param name="ports">Buffers in the order of the sources.</param>
    /// <param name="to">Buffer that is written.</param>
    public Instruction With(int[] ports, int to) => _with(ports, to);

    /// <summary>The first instruction at one position; null where it isn't the same at all of them.</summary>
    public static JointPosition? Of(IntegerProgram program, Instruction instruction, TokenCut cut, int[] sources)
    {
        int channels = program.Buffers[instruction.Destination].Length / cut.Count;
        return instruction switch
        {
            AddInstruction sum when sum.Operands.All(operand => Repetition.Holds(operand.Shifts, channels)) =>
                new JointPosition((ports, to) => sum with
                {
                    Operands = sum.Operands.Select(operand => operand with
                    {
                        Buffer = ports[Array.IndexOf(sources, operand.Buffer)],
                        Shifts = operand.Shifts.Take(channels).ToArray(),
                    }).ToArray(),
                    Destination = to,
                }),
            GatherInstruction gather when Enumerable.Range(0, gather.IndexOf.Length).All(e => Stays(program, gather, cut, e, channels)) =>
                new JointPosition((ports, to) => gather with
                {
                    Sources = gather.Sources.Select(source => ports[Array.IndexOf(sources, source)]).ToArray(),
                    Destination = to,
                    SourceOf = gather.SourceOf.Take(channels).ToArray(),
                    IndexOf = gather.IndexOf.Take(channels).ToArray(),
                    Constants = gather.Constants.Take(channels).ToArray(),
                }),
            AddInstruction or GatherInstruction or QuantizeInputInstruction or ConstantProductInstruction or ProductInstruction
                or RequantizeInstruction or ClampInstruction or TableLookupInstruction or ReduceInstruction => null,
            _ => throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}."),
        };
    }

    // An element comes from its own position, from the same channel as at the first position.
    private static bool Stays(IntegerProgram program, GatherInstruction gather, TokenCut cut, int e, int channels)
    {
        int position = e / channels, channel = e % channels, source = gather.SourceOf[e];
        if (source != gather.SourceOf[channel])
        {
            return false;
        }

        return source < 0
            ? gather.Constants[e] == gather.Constants[channel]
            : gather.IndexOf[e] == (position * (program.Buffers[gather.Sources[source]].Length / cut.Count)) + gather.IndexOf[channel]
                && gather.IndexOf[channel] < program.Buffers[gather.Sources[source]].Length / cut.Count;
    }
}
