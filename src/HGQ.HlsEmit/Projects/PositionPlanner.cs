using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Projects;

/// <summary>
/// Finds the layers that can work position by position between streams, and rewrites their instructions for one position: padding,
/// a kernel or a pool whose window moves over the positions, and what is done to each element by itself. Others work on whole samples.
/// </summary>
internal sealed class PositionPlanner
{
    private readonly IntegerProgram _program;
    private readonly BufferLayouts _layouts;
    private readonly List<ProgramBuffer> _buffers;

    private PositionPlanner(IntegerProgram program, BufferLayouts layouts) => (_program, _layouts, _buffers) = (program, layouts, [.. program.Buffers]);

    /// <summary>Rewrites the layers that can; gives the program with the buffers of one position.</summary>
    public static IntegerProgram Plan(IntegerProgram program, BufferLayouts layouts, IEnumerable<(LayerUnit Unit, List<Instruction> Instructions)> units)
    {
        var planner = new PositionPlanner(program, layouts);
        foreach (var (unit, instructions) in units)
        {
            planner.Rewrite(unit, instructions);
        }

        return program with { Buffers = planner._buffers.ToArray() };
    }

    private void Rewrite(LayerUnit unit, List<Instruction> instructions)
    {
        // A convolution that computes several positions at once needs them all at hand.
        if (unit.Writes.Count != 1 || !IsChain(unit, instructions) || _program.Layers.Any(layer => layer.Layer == unit.Layer && layer.ParallelPositions > 1))
        {
            return;
        }

        var result = unit.Writes[0];
        var cut = TokenCut.Of(_program, result);
        var walk = new PositionWalk(_program, instructions, cut);
        if (cut.Count == 1 || !new BufferTokens(_layouts[result], cut).IsIndexed || !walk.Follow())
        {
            return;
        }

        Rewrite(unit, instructions, walk, result);
    }

    // Each instruction reads what the one before it wrote, the first one what comes from outside.
    private static bool IsChain(LayerUnit unit, List<Instruction> instructions)
    {
        var isPort = instructions[0] is QuantizeInputInstruction;
        return unit.Reads.Count == (isPort ? 0 : 1)
            && instructions.Skip(1).Zip(instructions, (next, before) => InstructionSources.Of(next).Distinct().SequenceEqual([before.Destination])).All(follows => follows)
            && (isPort || InstructionSources.Of(instructions[0]).Distinct().SequenceEqual(unit.Reads));
    }

    private void Rewrite(LayerUnit unit, List<Instruction> instructions, PositionWalk walk, int result)
    {
        int? source = unit.Reads.Count == 0 ? null : unit.Reads[0];
        unit.Structs.RemoveAll(definition => definition.Name != _layouts[result].StructName);
        unit.Locals.Clear();

        int? input = source is null ? null : Add(unit, walk.Line, walk.Window.Select(element => walk.HullOf(element)).ToArray(), walk.Window, "window");
        var at = input ?? -1;
        var rewritten = new List<Instruction>();
        foreach (var instruction in instructions.Skip(walk.IsPadded ? 1 : 0))
        {
            var channels = Enumerable.Range(0, walk.ChannelsOf(instruction.Destination)).ToArray();
            var to = Add(unit, instruction.Destination, channels.Select(channel => walk.HullOf(instruction.Destination, channel)).ToArray(), channels, "position");
            rewritten.Add(walk.AtOnePosition(instruction, at, to));
            if (_layouts[to].HasWires)
            {
                unit.Locals.Add(to);
            }

            at = to;
        }

        unit.Locals.Remove(at);
        instructions.Clear();
        instructions.AddRange(rewritten);
        unit.Position = new PositionForm(source, result, walk.Line, walk.Length, walk.Window, walk.Comes, walk.Ends, input, at);
        unit.Reads.Clear();
        unit.Reads.AddRange(input is { } read ? [read] : []);
        unit.Writes.Clear();
        unit.Writes.Add(at);
    }

    private int Add(LayerUnit unit, int original, RawInterval[] intervals, IReadOnlyList<int> elements, string suffix)
    {
        var whole = _program.Buffers[original];
        var buffer = new ProgramBuffer($"{whole.Name}_{suffix}", whole.Layer, elements.Select(e => whole.Formats[e]).ToArray(), intervals);
        _buffers.Add(buffer);
        var added = _layouts.Add(buffer);
        _layouts[added].Header = unit.Name;
        if (_layouts[added].HasWires)
        {
            unit.Structs.Add(StructWriter.Of(_layouts[added]));
        }

        return added;
    }
}
