using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Projects;
using HGQ.HlsEmit.Text;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.HlsEmit.Vectors;

/// <summary>The wires that vectors are made for.</summary>
internal static class WirePlan
{
    /// <summary>The wires of written layers.</summary>
    public static IReadOnlyList<AdderWire> Of(IEnumerable<LayerUnit> units)
    {
        var wires = new List<AdderWire>();
        foreach (var unit in units)
        {
            wires.AddRange(unit.Wires.Wires(unit.Layer, wires.Count));
        }

        return wires;
    }

    /// <summary>The wires of a program whose layers work on whole samples, whatever the project streams: the adders are the same.</summary>
    public static IReadOnlyList<AdderWire> Of(IntegerProgram program, HlsInputOverflow overflow)
    {
        var names = new ProjectNames("top", "layers");
        var layouts = BufferLayouts.For(program, names);
        var ports = PortPlan.For(program, names).InputOf;
        var units = UnitPlanner.Plan(program, layouts);
        foreach (var (unit, instructions) in units)
        {
            var kernels = new InstructionKernels(new KernelContext(program, layouts, ports, overflow, unit));
            instructions.ForEach(instruction => instruction.Accept(kernels));
        }

        return Of(units.Select(unit => unit.Unit));
    }
}
