using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.Model.Hardware.Streams;

/// <summary>
/// Cuts a program into units: chains that work position by position, sums of several streams, and at the end everything that needs a
/// whole sample.
/// </summary>
internal sealed class StreamDrafting
{
    private readonly IntegerProgram _program;
    private readonly ILookup<int, Instruction> _readers;
    private readonly HashSet<int> _outputs;
    private readonly Dictionary<int, TokenCut> _streams = new();
    private readonly HashSet<Instruction> _done = new();
    private readonly List<UnitDraft> _units = new();

    private StreamDrafting(IntegerProgram program)
    {
        _program = program;
        _readers = program.Instructions.SelectMany(instruction => InstructionSources.Of(instruction).Distinct()
            .Select(source => (source, instruction)))
            .ToLookup(pair => pair.source, pair => pair.instruction);
        _outputs = new HashSet<int>(program.Outputs.Select(output => output.Buffer));
    }

    /// <summary>The units, in order, and the buffer that the input brings.</summary>
    /// <exception cref="StreamRefusedException">A layer can't work position by position.</exception>
    public static (int Input, IReadOnlyList<UnitDraft> Units) Draft(IntegerProgram program)
    {
        var drafting = new StreamDrafting(program);
        return (drafting.Run(), drafting._units);
    }

    private int Run()
    {
        var ports = _program.CodePorts.ToArray();
        if (ports.Length != 1)
        {
            throw new StreamRefusedException(
                ports.Length == 0 ? _program.Name : ports[1].Layer,
                    FormattableString.Invariant($"the model has {ports.Length} inputs, and one is streamed"));
        }

        int input = ports[0].Destination;
        var cut = TokenCut.Of(_program, input);
        if (cut.Count == 1)
        {
            throw new StreamRefusedException(ports[0].Layer, "a sample of it is one position (give it a shape of positions and channels)");
        }

        _streams[input] = cut;
        _done.Add(ports[0]);
        foreach (var instruction in _program.Instructions)
        {
            if (!_done.Contains(instruction) && Problem(instruction) is { } problem)
            {
                AddRest(instruction, problem);
                break;
            }
        }

        CheckOutputs();
        return input;
    }

    // Null where the instruction and what follows it have become a unit; else why not.
    private string? Problem(Instruction first)
    {
        int[] sources = InstructionSources.Of(first).Distinct().ToArray();
        if (sources.Any(source => !_streams.ContainsKey(source)))
        {
            return "it reads whole samples";
        }

        string? problem = null;
        var chain = Chain(first);
        for (int count = chain.Count; count > 0; count--)
        {
            var part = chain.Take(count).ToArray();
            string? reason = first is AddInstruction || (first is GatherInstruction && count == 1) ? TryJoint(part, sources)
                : TryWindow(part, sources);
            if (reason is null)
            {
                return null;
            }

            problem ??= reason;
        }

        return problem;
    }

    // The instruction, with padding what reads it, and then what is done to each element by itself.
    private List<Instruction> Chain(Instruction first)
    {
        var chain = new List<Instruction> { first };
        for (var reader = OnlyReader(first); reader is not null; reader = OnlyReader(reader))
        {
            bool padded = chain.Count == 1 && first is GatherInstruction && reader is ConstantProductInstruction or ReduceInstruction;
            if (!padded && reader is not (RequantizeInstruction or ClampInstruction or TableLookupInstruction))
            {
                break;
            }

            chain.Add(reader);
        }

        return chain;
    }

    private Instruction? OnlyReader(Instruction instruction)
    {
        var readers = _readers[instruction.Destination].Take(2).ToArray();
        return readers.Length == 1 && !_outputs.Contains(instruction.Destination) ? readers[0] : null;
    }

    private string? TryWindow(Instruction[] chain, int[] sources)
    {
        int result = chain[chain.Length - 1].Destination;
        var cut = TokenCut.Of(_program, result);
        var walk = new PositionWalk(_program, chain, cut);
        if (cut.Count == 1)
        {
            return Positions(result) > 1 ? "its channels differ from position to position: some are constant or never read"
                : "its result is one for the whole sample";
        }

        if (!walk.Follow())
        {
            return walk.Problem;
        }

        var source = _program.Buffers[sources[0]];
        int channels = _streams[sources[0]].Channels;
        var hulls = PositionCircuit.Narrow(source, channels);
        var line = Enumerable.Range(0, channels).Select(channel => walk.Padding.Length == 0 ? hulls[channel]
            : PositionCircuit.Narrow(hulls[channel].RawInterval.Union(FixedPoint.RawInterval.Point(walk.Padding[channel])),
                hulls[channel])).ToArray();
        var positions = new PositionLine(walk.Length, line, walk.Window, walk.Comes, walk.Ends, walk.Padding);
        Add(new UnitDraft(sources, positions, PositionCircuit.Of(_program, walk, line, chain), result), chain, cut);
        return null;
    }

    private int Positions(int buffer) => _program.Layers.Where(layer => layer.Layer == _program.Buffers[buffer].Layer)
        .Select(layer => layer.Shape.Size / Math.Max(1, layer.Shape.Channels)).FirstOrDefault();

    // A sum of streams, or channels chosen out of them, and what is done to the elements then.
    private string? TryJoint(Instruction[] chain, int[] sources)
    {
        int result = chain[chain.Length - 1].Destination;
        var cut = TokenCut.Of(_program, result);
        if (cut.Count == 1 || sources.Length == 0 || sources.Any(source => _streams[source].Count != cut.Count))
        {
            return "what it reads has other positions";
        }

        if (!new PositionWalk(_program, chain, cut).FollowJoint() || JointPosition.Of(_program, chain[0], cut, sources) is not { } joint)
        {
            return "it moves elements between positions, or does not do the same at all of them";
        }

        var formats = sources.SelectMany(source => PositionCircuit.Narrow(_program.Buffers[source], _streams[source].Channels)).ToArray();
        bool[] all = Enumerable.Repeat(true, cut.Count).ToArray();
        var line = new PositionLine(1, formats, Enumerable.Range(0, formats.Length).ToArray(), all, all, EquatableArray<long>.Empty);
        Add(new UnitDraft(sources, line, PositionCircuit.OfJoint(_program, cut, joint, sources, chain), result), chain, cut);
        return null;
    }

    private void Add(UnitDraft unit, IEnumerable<Instruction> instructions, TokenCut cut)
    {
        _units.Add(unit);
        _done.UnionWith(instructions);
        _streams[unit.Result] = cut;
    }

    // From the first layer that needs a whole sample: what comes is gathered, then everything is computed at once.
    private void AddRest(Instruction first, string problem)
    {
        var rest = _program.Instructions.Where(instruction => !_done.Contains(instruction)).ToArray();
        var written = new HashSet<int>(rest.Select(instruction => instruction.Destination));
        int[] sources = rest.SelectMany(InstructionSources.Of).Distinct().Where(source => !written.Contains(source)).ToArray();
        if (sources.Length != 1)
        {
            throw new StreamRefusedException(first.Layer, problem + ", and it or what follows reads several streams");
        }

        foreach (var instruction in rest)
        {
            bool works = instruction is ConstantProductInstruction or ReduceInstruction or ProductInstruction;
            if (works && TokenCut.Of(_program, instruction.Destination).Count > 1)
            {
                throw new StreamRefusedException(instruction.Layer, instruction.Layer == first.Layer ? problem
                    : $"it stands behind '{first.Layer}', which needs a whole sample: {problem}");
            }
        }

        var cut = _streams[sources[0]];
        bool[] comes = Enumerable.Repeat(true, cut.Count).ToArray(), ends = new bool[cut.Count];
        ends[cut.Count - 1] = true;
        var line = new PositionLine(
            cut.Count, PositionCircuit.Narrow(_program.Buffers[sources[0]], cut.Channels), Enumerable.Range(0, cut.Count * cut.Channels)
                .ToArray(),
            comes, ends, EquatableArray<long>.Empty);
        _units.Add(new UnitDraft(sources, line, PositionCircuit.OfRest(_program, sources[0], cut, rest), -1));
    }

    private void CheckOutputs()
    {
        var last = _units.LastOrDefault();
        var outputs = last is null ? _program.Outputs.Select(_ => -1) : last.Circuit.Instructions
            .Select(instruction => instruction.Destination);
        var written = new HashSet<int>(last is { Result: >= 0 } ? new[] { last.Result } : outputs);
        foreach (var output in _program.Outputs)
        {
            if (last is null || !written.Contains(output.Buffer) || (last.Result >= 0 && _program.Outputs.Length > 1))
            {
                throw new StreamRefusedException(output.Name, "it is a result beside others, and the last layer alone gives results");
            }
        }
    }
}
