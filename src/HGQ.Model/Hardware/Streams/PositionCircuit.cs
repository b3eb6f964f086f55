using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.Model.Hardware.Streams;

/// <summary>Makes the program of one position: its code ports are the elements of the window, its output the channels of a
/// result.</summary>
internal sealed class PositionCircuit
{
    private readonly IntegerProgram _program;
    private readonly List<ProgramBuffer> _buffers;
    private readonly List<Instruction> _instructions = new();

    private PositionCircuit(IntegerProgram program) => (_program, _buffers) = (program, program.Buffers.ToList());

    /// <summary>Format of each channel of a buffer, as narrow as its range at all positions allows.</summary>
    public static FixedPointFormat[] Narrow(ProgramBuffer buffer, int channels) => Enumerable.Range(0, channels)
        .Select(channel => Narrow(Hull(buffer, channels, channel), buffer.Formats[channel])).ToArray();

    /// <summary>A chain of instructions behind a window.</summary>
    /// <param name="program">The whole program.</param>
    /// <param name="walk">What was found out about the chain.</param>
    /// <param name="line">Formats of the elements of a position.</param>
    /// <param name="chain">The instructions, padding included.</param>
    public static IntegerProgram Of(
        IntegerProgram program, PositionWalk walk, IReadOnlyList<FixedPointFormat> line, IReadOnlyList<Instruction> chain)
    {
        var circuit = new PositionCircuit(program);
        string layer = chain[chain.Count - 1].Layer;
        int at = circuit.Port(layer, walk.Window.Select(element => line[element % line.Count]), walk.Window
            .Select(element => walk.HullOf(element)));
        foreach (var instruction in chain.Skip(walk.IsPadded ? 1 : 0))
        {
            int to = circuit.Add(instruction.Destination, walk.ChannelsOf(instruction.Destination));
            circuit._instructions.Add(walk.AtOnePosition(instruction, at, to));
            at = to;
        }

        return circuit.Finish(chain[chain.Count - 1].Destination, at);
    }

    /// <summary>What joins several streams, and what follows it element by element.</summary>
    /// <param name="program">The whole program.</param>
    /// <param name="cut">How the result is cut.</param>
    /// <param name="joint">The first instruction at one position; its sources are numbered as in <paramref name="sources"/>.</param>
    /// <param name="sources">Buffers that are read, without repeats.</param>
    /// <param name="chain">All instructions.</param>
    public static IntegerProgram OfJoint(
        IntegerProgram program, TokenCut cut, JointPosition joint, IReadOnlyList<int> sources, IReadOnlyList<Instruction> chain)
    {
        var circuit = new PositionCircuit(program);
        var walk = new PositionWalk(program, chain, cut);
        int[] ports = sources.Select(source =>
        {
            int channels = walk.ChannelsOf(source);
            var hulls = Enumerable.Range(0, channels).Select(channel => Hull(program.Buffers[source], channels, channel));
            return circuit.Port(chain[0].Layer, Narrow(program.Buffers[source], channels), hulls);
        }).ToArray();
        int at = circuit.Add(chain[0].Destination, walk.ChannelsOf(chain[0].Destination));
        circuit._instructions.Add(joint.With(ports, at));
        foreach (var instruction in chain.Skip(1))
        {
            int to = circuit.Add(instruction.Destination, walk.ChannelsOf(instruction.Destination));
            circuit._instructions.Add(walk.AtOnePosition(instruction, at, to));
            at = to;
        }

        return circuit.Finish(chain[chain.Count - 1].Destination, at);
    }

    /// <summary>Everything that is left, for a whole sample.</summary>
    /// <param name="program">The whole program.</param>
    /// <param name="source">Buffer that the stream brings.</param>
    /// <param name="cut">How it is cut.</param>
    /// <param name="rest">The instructions.</param>
    public static IntegerProgram OfRest(IntegerProgram program, int source, TokenCut cut, IEnumerable<Instruction> rest)
    {
        var circuit = new PositionCircuit(program);
        var narrow = Narrow(program.Buffers[source], cut.Channels);
        var instructions = rest.ToArray();
        circuit._buffers[source] = program.Buffers[source] with
        {
            Formats = Enumerable.Range(0, program.Buffers[source].Length).Select(e => narrow[e % cut.Channels]).ToArray(),
        };
        circuit._instructions.Add(PortOf(instructions.Select(instruction =>
            instruction.Layer).FirstOrDefault() ?? program.Buffers[source].Layer, source));
        circuit._instructions.AddRange(instructions);
        return circuit.Program(program.Outputs);
    }

    private static QuantizeInputInstruction PortOf(string layer, int buffer) =>
        new(layer, 0, buffer, RoundingMode.Truncate, OverflowMode.Wrap);

    private static RawInterval Hull(ProgramBuffer buffer, int channels, int channel) => Enumerable.Range(0, buffer.Length / channels)
        .Select(p => buffer.Intervals[(p * channels) + channel]).Aggregate((a, b) => a.Union(b));

    /// <summary>The narrowest format of an interval, with the fraction bits of another.</summary>
    public static FixedPointFormat Narrow(RawInterval interval, FixedPointFormat format) =>
        FixedPointFormat.ForInterval(interval, format.FractionBits);

    private int Port(string layer, IEnumerable<FixedPointFormat> formats, IEnumerable<RawInterval> intervals)
    {
        _buffers.Add(new ProgramBuffer(FormattableString.Invariant($"port{_buffers.Count}"), layer, formats.ToArray(), intervals
            .ToArray()));
        _instructions.Add(PortOf(layer, _buffers.Count - 1));
        return _buffers.Count - 1;
    }

    private int Add(int original, int channels)
    {
        var whole = _program.Buffers[original];
        _buffers.Add(whole with
        {
            Name = whole.Name + "_position",
            Formats = whole.Formats.Take(channels).ToArray(),
            Intervals = Enumerable.Range(0, channels).Select(channel => Hull(whole, channels, channel)).ToArray(),
        });
        return _buffers.Count - 1;
    }

    private IntegerProgram Finish(int original, int buffer)
    {
        string name = _program.Outputs.Where(output => output.Buffer == original).Select(output => output.Name).FirstOrDefault()
            ?? _program.Buffers[original].Name;
        return Program(new[] { new ProgramOutput(name, TensorShape.Of(_buffers[buffer].Length), buffer) });
    }

    private IntegerProgram Program(EquatableArray<ProgramOutput> outputs) => _program with
    {
        Buffers = _buffers.ToArray(),
        Instructions = _instructions.ToArray(),
        Outputs = outputs,
    };
}
