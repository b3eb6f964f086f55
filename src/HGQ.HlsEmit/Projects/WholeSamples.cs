using System.Collections.Generic;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>The layers of a program as functions of whole samples, whatever the project streams: their costs and their wires.</summary>
internal static class WholeSamples
{
    /// <summary>Writes the layers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="options">Options of the project.</param>
    /// <param name="phases">Clock cycles that the product of each layer is folded over.</param>
    public static IReadOnlyList<LayerUnit> Write(IntegerProgram program, HlsOptions options, IReadOnlyList<int> phases)
    {
        var names = new ProjectNames("top", "layers", CppDialect.Of(options));
        var layouts = BufferLayouts.For(program, names);
        var ports = PortPlan.For(program, names).InputOf;
        var units = UnitPlanner.Plan(program, layouts);
        StrategyPlanner.Plan(options, units);
        for (var n = 0; n < units.Count; n++)
        {
            var (unit, instructions) = units[n];
            unit.Pipelining = unit.Pipelining with { Phases = phases[n] };
            var kernels = new InstructionKernels(new KernelContext(program, layouts, ports, options.InputOverflow, unit));
            instructions.ForEach(instruction => instruction.Accept(kernels));
        }

        return units.ConvertAll(entry => entry.Unit);
    }
}
