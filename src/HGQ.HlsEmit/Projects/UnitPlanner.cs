using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>Groups the instructions by layer and finds out which buffers pass between layers.</summary>
internal static class UnitPlanner
{
    /// <summary>The layers in execution order with their instructions; no code yet.</summary>
    public static List<(LayerUnit Unit, List<Instruction> Instructions)> Plan(IntegerProgram program, BufferLayouts layouts)
    {
        var units = new List<(LayerUnit Unit, List<Instruction> Instructions)>();
        foreach (var instruction in Live(program, layouts))
        {
            // A layer whose instructions are not neighbours would run before what it reads: it becomes two.
            if (units.Count == 0 || units[^1].Unit.Layer != instruction.Layer)
            {
                units.Add((new LayerUnit(layouts.Names.Layer(instruction.Layer), instruction.Layer, layouts.Names), []));
            }

            units[^1].Instructions.Add(instruction);
        }

        layouts.TakeNames();
        FindBorders(program, layouts, units);
        return units;
    }

    /// <summary>The instructions that a result depends on: what only constants would read is not emitted.</summary>
    private static List<Instruction> Live(IntegerProgram program, BufferLayouts layouts)
    {
        var needed = program.Outputs.Select(output => output.Buffer).ToHashSet();
        var live = new List<Instruction>();
        foreach (var instruction in program.Instructions.Reverse().Where(i => needed.Contains(i.Destination) && layouts[i.Destination].HasWires))
        {
            needed.UnionWith(InstructionSources.Of(instruction));
            live.Add(instruction);
        }

        live.Reverse();
        return live;
    }

    private static void FindBorders(IntegerProgram program, BufferLayouts layouts, List<(LayerUnit Unit, List<Instruction> Instructions)> units)
    {
        var producer = new Dictionary<int, LayerUnit>();
        var readers = program.Buffers.Select(_ => new HashSet<LayerUnit>()).ToArray();
        foreach (var (unit, instructions) in units)
        {
            foreach (var instruction in instructions)
            {
                producer[instruction.Destination] = unit;
                foreach (var source in InstructionSources.Of(instruction).Where(source => layouts[source].HasWires))
                {
                    readers[source].Add(unit);
                    if (producer[source] != unit && !unit.Reads.Contains(source))
                    {
                        unit.Reads.Add(source);
                    }
                }
            }
        }

        foreach (var (buffer, unit) in producer.Where(pair => layouts[pair.Key].HasWires).OrderBy(pair => pair.Key))
        {
            var leaves = readers[buffer].Any(reader => reader != unit) || program.Outputs.Any(output => output.Buffer == buffer);
            (leaves ? unit.Writes : unit.Locals).Add(buffer);
            layouts[buffer].Header = unit.Name;
            unit.Structs.Add(StructWriter.Of(layouts[buffer]));
        }
    }
}
