using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>Follows the instructions of a layer from position to position: what passes by, how much of it is kept, and when a result is complete.</summary>
internal sealed class PositionWalk(IntegerProgram program, IReadOnlyList<Instruction> instructions, TokenCut result)
{
    private int[] _bases = [];
    private int _channels;

    /// <summary>Buffer whose positions pass by.</summary>
    public int Line { get; private set; }

    /// <summary>Positions that are kept.</summary>
    public int Length { get; private set; } = 1;

    /// <summary>Whether the first instruction puts padding between the positions.</summary>
    public bool IsPadded => instructions[0] is GatherInstruction;

    /// <summary>Elements that a result needs, counted from the first channel of the oldest position kept.</summary>
    public int[] Window { get; private set; } = [];

    /// <summary>Per position of the line: whether it comes from outside.</summary>
    public bool[] Comes { get; private set; } = [];

    /// <summary>Per position of the line: whether a result is complete with it.</summary>
    public bool[] Ends { get; private set; } = [];

    /// <summary>Whether the layer can work position by position.</summary>
    public bool Follow()
    {
        var rest = instructions.Skip(IsPadded ? 1 : 0).ToList();
        if (rest.Count == 0 || !rest.All(Repeats))
        {
            return false;
        }

        return instructions[0] is QuantizeInputInstruction ? FollowPort() : Pad(rest[0]) && Slide(rest[0]) && Window.Any(element => !HullOf(element).IsPoint);
    }

    /// <summary>Range of an element of the window.</summary>
    public RawInterval HullOf(int element) => _bases.Select(at => program.Buffers[Line].Intervals[(at * _channels) + element]).Aggregate((a, b) => a.Union(b));

    /// <summary>Range of a channel at all positions.</summary>
    public RawInterval HullOf(int buffer, int channel) =>
        Enumerable.Range(0, result.Count).Select(p => program.Buffers[buffer].Intervals[(p * ChannelsOf(buffer)) + channel]).Aggregate((a, b) => a.Union(b));

    /// <summary>Elements of a position of the result, or of what it is computed from.</summary>
    public int ChannelsOf(int buffer) => program.Buffers[buffer].Length / result.Count;

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
                TapOffsets = product.TapOffsets.Select(tap => Array.BinarySearch(Window, product.PositionOffsets[0] + tap - (_bases[0] * _channels))).ToArray(),
            },
            ReduceInstruction reduce => reduce with
            {
                Source = from,
                Destination = to,
                Indices = reduce.Indices.Take(channels * reduce.Terms).Select(index => Array.BinarySearch(Window, index - (_bases[0] * _channels))).ToArray(),
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

    private bool Repeats(Instruction instruction)
    {
        var buffer = program.Buffers[instruction.Destination];
        var channels = ChannelsOf(instruction.Destination);
        return buffer.Length % result.Count == 0 && LoopFinder.Repeats(buffer.Formats, channels) && instruction switch
        {
            QuantizeInputInstruction => true,
            ConstantProductInstruction or ReduceInstruction => instruction == instructions[IsPadded ? 1 : 0],
            RequantizeInstruction requantize => LoopFinder.Repeats(requantize.Shifts, channels) && LoopFinder.Repeats(requantize.Roundings, channels) && LoopFinder.Repeats(requantize.Overflows, channels),
            ClampInstruction clamp => LoopFinder.Repeats(clamp.Low, channels) && LoopFinder.Repeats(clamp.High, channels),
            TableLookupInstruction lookup => LoopFinder.Repeats(lookup.TableOf, channels),
            GatherInstruction or AddInstruction or ProductInstruction => false,
            _ => throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}."),
        };
    }

    private bool FollowPort()
    {
        (Line, _channels, _bases) = (instructions[0].Destination, ChannelsOf(instructions[0].Destination), Enumerable.Range(0, result.Count).ToArray());
        Comes = Ends = [.. _bases.Select(_ => true)];
        return true;
    }

    /// <summary>Positions of the line, which come in the order of the source, every one once, with padding between them.</summary>
    private bool Pad(Instruction first)
    {
        Line = InstructionSources.Of(first).First();
        _channels = SourceChannels();
        var length = program.Buffers[Line].Length;
        if (_channels == 0 || length % _channels != 0)
        {
            return false;
        }

        Comes = [.. Enumerable.Repeat(true, length / _channels)];
        if (instructions[0] is not GatherInstruction gather)
        {
            return true;
        }

        if (gather.Sources.Length != 1 || GatherKernel.Origins(gather, _channels, _channels) is not { } origins)
        {
            return false;
        }

        Comes = [.. origins.Select(origin => origin >= 0)];
        return origins.Where(origin => origin >= 0).SequenceEqual(Enumerable.Range(0, program.Buffers[gather.Sources[0]].Length / _channels));
    }

    // As the writer cuts it: the streams of a program are cut by the shapes of the layers that write them.
    private int SourceChannels()
    {
        var source = InstructionSources.Of(instructions[0]).First();
        return TokenCut.Of(program, source).Channels;
    }

    private bool Slide(Instruction first)
    {
        int[][] reads = first switch
        {
            ConstantProductInstruction product when product.Positions == result.Count => [.. product.PositionOffsets.Select(offset => product.TapOffsets.Select(tap => offset + tap).ToArray())],
            ReduceInstruction reduce when reduce.Indices.Length % result.Count == 0 => [.. reduce.Indices.Chunk(reduce.Indices.Length / result.Count)],
            ConstantProductInstruction or ReduceInstruction => [],
            QuantizeInputInstruction or GatherInstruction or AddInstruction or ProductInstruction or RequantizeInstruction or ClampInstruction
                or TableLookupInstruction => program.Buffers[Line].Length == result.Count * _channels
                    ? [.. Enumerable.Range(0, result.Count).Select(p => Enumerable.Range(p * _channels, _channels).ToArray())]
                    : [],
            _ => throw new InvalidOperationException($"There is no instruction {first.GetType().Name}."),
        };
        if (reads.Length == 0 || reads[0].Length == 0)
        {
            return false;
        }

        _bases = [.. reads.Select(elements => elements.Min() / _channels)];
        var window = reads[0].Select(element => element - (_bases[0] * _channels)).ToArray();
        if (!reads.Zip(_bases).All(pair => pair.First.Select(element => element - (pair.Second * _channels)).SequenceEqual(window)))
        {
            return false;
        }

        Window = [.. window.Distinct().Order()];
        Length = (Window[^1] / _channels) + 1;
        Ends = new bool[Comes.Length];
        foreach (var at in _bases)
        {
            Ends[at + Length - 1] = true;
        }

        // Results are complete in their order, one at a time.
        return _bases.Zip(_bases.Skip(1)).All(pair => pair.First < pair.Second);
    }
}
