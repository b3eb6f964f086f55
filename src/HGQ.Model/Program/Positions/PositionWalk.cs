using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program.Positions;

/// <summary>Follows the instructions of a layer from position to position: what passes by, how much of it is kept, and when a result is
/// complete.</summary>
internal sealed class PositionWalk
{
    private readonly IntegerProgram _program;
    private readonly IReadOnlyList<Instruction> _instructions;
    private readonly TokenCut _result;
    private int[] _bases = Array.Empty<int>();
    private int _channels;

    /// <summary>Starts at the first position.</summary>
    /// <param name="program">The program.</param>
    /// <param name="instructions">A chain: each reads what the one before it wrote.</param>
    /// <param name="result">How what the last one writes is cut into positions.</param>
    public PositionWalk(IntegerProgram program, IReadOnlyList<Instruction> instructions, TokenCut result) =>
        (_program, _instructions, _result) = (program, instructions, result);

    /// <summary>Why the layer can't, as the end of a sentence about it.</summary>
    public string Problem { get; private set; } = string.Empty;

    /// <summary>Buffer whose positions pass by.</summary>
    public int Line { get; private set; }

    /// <summary>Positions that are kept.</summary>
    public int Length { get; private set; } = 1;

    /// <summary>Whether the first instruction puts padding between the positions.</summary>
    public bool IsPadded => _instructions[0] is GatherInstruction;

    /// <summary>Elements that a result needs, counted from the first channel of the oldest position kept.</summary>
    public int[] Window { get; private set; } = Array.Empty<int>();

    /// <summary>Per position of the line: whether it comes from outside.</summary>
    public bool[] Comes { get; private set; } = Array.Empty<bool>();

    /// <summary>Per position of the line: whether a result is complete with it.</summary>
    public bool[] Ends { get; private set; } = Array.Empty<bool>();

    /// <summary>Raw values of a position of padding, one a channel; empty where there is none.</summary>
    public long[] Padding { get; private set; } = Array.Empty<long>();

    /// <summary>Whether the layer can work position by position; <see cref="Problem"/> says why not.</summary>
    public bool Follow()
    {
        var rest = _instructions.Skip(IsPadded ? 1 : 0).ToList();
        if (rest.Count == 0)
        {
            return Fail("it moves elements between positions");
        }

        if (!rest.All(Repeats))
        {
            return Fail("its formats or what it does differ from position to position");
        }

        if (_instructions[0] is QuantizeInputInstruction)
        {
            return FollowPort();
        }

        return Pad(rest[0]) && Slide(rest[0]) && (Window.Any(element => !HullOf(element).IsPoint) || Fail("it reads constants only"));
    }

    /// <summary>Whether what follows the first instruction works element by element, at all positions alike.</summary>
    public bool FollowJoint() => Same(_instructions[0]) && _instructions.Skip(1).All(Repeats);

    /// <summary>Range of an element of the window.</summary>
    public RawInterval HullOf(int element) => _bases.Select(at => _program.Buffers[Line].Intervals[(at * _channels) + element])
        .Aggregate((a, b) => a.Union(b));

    /// <summary>Range of a channel at all positions.</summary>
    public RawInterval HullOf(int buffer, int channel) =>
        Enumerable.Range(0, _result.Count).Select(p => _program.Buffers[buffer].Intervals[(p * ChannelsOf(buffer)) + channel])
            .Aggregate((a, b) => a.Union(b));

    /// <summary>Elements of a position of the result, or of what it is computed from.</summary>
    public int ChannelsOf(int buffer) => _program.Buffers[buffer].Length / _result.Count;

    /// <summary>An instruction for one position.</summary>
    public Instruction AtOnePosition(Instruction instruction, int from, int to)
    {
        var channels = ChannelsOf(instruction.Destination);
        T[] First<T>(EquatableArray<T> values) where T : notnull => [.. values.Take(channels)];
        return instruction switch
        {
            QuantizeInputInstruction port => port with { Destination = to },
            ConstantProductInstruction product => product with
            {
                Source = from,
                Destination = to,
                Positions = 1,
                PositionOffsets = new[] { 0 },
                TapOffsets = product.TapOffsets.Select(tap =>
                    Array.BinarySearch(Window, product.PositionOffsets[0] + tap - (_bases[0] * _channels))).ToArray(),
            },
            ReduceInstruction reduce => reduce with
            {
                Source = from,
                Destination = to,
                Indices = reduce.Indices.Take(channels * reduce.Terms)
                    .Select(index => Array.BinarySearch(Window, index - (_bases[0] * _channels))).ToArray(),
            },
            RequantizeInstruction requantize => requantize with
            {
                Source = from,
                Destination = to,
                Shifts = First(requantize.Shifts),
                Roundings = First(requantize.Roundings),
                Overflows = First(requantize.Overflows),
            },
            ClampInstruction clamp => clamp with { Source = from, Destination = to, Low = First(clamp.Low), High = First(clamp.High) },
            TableLookupInstruction lookup => lookup with { Source = from, Destination = to, TableOf = First(lookup.TableOf) },
            _ => throw new InvalidOperationException($"The instruction {instruction.GetType().Name} does not work position by position."),
        };
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }

    private bool Repeats(Instruction instruction)
    {
        var channels = ChannelsOf(instruction.Destination);
        return Same(instruction) && instruction switch
        {
            QuantizeInputInstruction => true,
            ConstantProductInstruction or ReduceInstruction => instruction == _instructions[IsPadded ? 1 : 0],
            RequantizeInstruction requantize => Repetition.Holds(requantize.Shifts, channels)
                && Repetition.Holds(requantize.Roundings, channels) && Repetition.Holds(requantize.Overflows, channels),
            ClampInstruction clamp => Repetition.Holds(clamp.Low, channels) && Repetition.Holds(clamp.High, channels),
            TableLookupInstruction lookup => Repetition.Holds(lookup.TableOf, channels),
            GatherInstruction or AddInstruction or ProductInstruction => false,
            _ => throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}."),
        };
    }

    // Results of the same formats at all positions.
    private bool Same(Instruction instruction)
    {
        var buffer = _program.Buffers[instruction.Destination];
        return buffer.Length % _result.Count == 0 && Repetition.Holds(buffer.Formats, ChannelsOf(instruction.Destination));
    }

    private bool FollowPort()
    {
        (Line, _channels) = (_instructions[0].Destination, ChannelsOf(_instructions[0].Destination));
        _bases = Enumerable.Range(0, _result.Count).ToArray();
        Comes = Ends = [.. _bases.Select(_ => true)];
        return true;
    }

    /// <summary>Positions of the line, which come in the order of the source, every one once, with padding between them.</summary>
    private bool Pad(Instruction first)
    {
        Line = InstructionSources.Of(first).First();
        _channels = SourceChannels();
        var length = _program.Buffers[Line].Length;
        if (_channels == 0 || length % _channels != 0)
        {
            return Fail("what it reads has another number of channels than what comes");
        }

        Comes = [.. Enumerable.Repeat(true, length / _channels)];
        if (_instructions[0] is not GatherInstruction gather)
        {
            return true;
        }

        if (gather.Sources.Length != 1 || PositionOrigins.Of(gather, _channels, _channels) is not { } origins)
        {
            return Fail("it takes elements of a position apart");
        }

        Comes = [.. origins.Select(origin => origin >= 0)];
        int padding = Array.IndexOf(Comes, false);
        Padding = padding < 0 ? Padding : [.. gather.Constants.Skip(padding * _channels).Take(_channels)];
        return origins.Where(origin => origin >= 0).SequenceEqual(
            Enumerable.Range(0, _program.Buffers[gather.Sources[0]].Length / _channels))
                || Fail("it changes the order of positions or drops some");
    }

    // As the writer cuts it: the streams of a program are cut by the shapes of the layers that write them.
    private int SourceChannels() => TokenCut.Of(_program, InstructionSources.Of(_instructions[0]).First()).Channels;

    // The elements that each position reads.
    private int[][] Reads(Instruction first) => first switch
    {
        ConstantProductInstruction product when product.Positions == _result.Count =>
            [.. product.PositionOffsets.Select(offset => product.TapOffsets.Select(tap => offset + tap).ToArray())],
        ReduceInstruction reduce when reduce.Indices.Length % _result.Count == 0 =>
            Chunks(reduce.Indices, reduce.Indices.Length / _result.Count),
        ConstantProductInstruction or ReduceInstruction => [],
        QuantizeInputInstruction or GatherInstruction or AddInstruction or ProductInstruction or RequantizeInstruction or ClampInstruction
            or TableLookupInstruction => _program.Buffers[Line].Length == _result.Count * _channels
                ? Chunks(Enumerable.Range(0, _result.Count * _channels).ToArray(), _channels)
                : [],
        _ => throw new InvalidOperationException($"There is no instruction {first.GetType().Name}."),
    };

    private static int[][] Chunks(EquatableArray<int> values, int size) =>
        [.. Enumerable.Range(0, size == 0 ? 0 : values.Length / size).Select(chunk =>
        {
            var elements = new int[size];
            Array.Copy(values.Items, chunk * size, elements, 0, size);
            return elements;
        })];

    private bool Slide(Instruction first)
    {
        int[][] reads = Reads(first);
        if (reads.Length == 0 || reads[0].Length == 0)
        {
            return Fail("its results are not one for each position");
        }

        _bases = [.. reads.Select(elements => elements.Min() / _channels)];
        var window = reads[0].Select(element => element - (_bases[0] * _channels)).ToArray();
        if (!reads.Zip(_bases, (elements, at) => elements.Select(element => element - (at * _channels)).SequenceEqual(window))
            .All(same => same))
        {
            return Fail("its window is another one at some positions, as at the border");
        }

        Window = [.. window.Distinct().OrderBy(element => element)];
        Length = (Window[Window.Length - 1] / _channels) + 1;
        Ends = new bool[Comes.Length];
        foreach (var at in _bases)
        {
            Ends[at + Length - 1] = true;
        }

        // Results are complete in their order, one at a time.
        return _bases.Zip(_bases.Skip(1), (before, after) => before < after).All(ordered => ordered)
            || Fail("its results are not complete in the order of positions");
    }
}
