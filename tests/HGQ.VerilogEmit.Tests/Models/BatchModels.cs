using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;
using HGQ.Testing.Names;
using HGQ.VerilogEmit.Projects;

namespace HGQ.VerilogEmit.Tests.Models;

/// <summary>Projects of every kind whose modules have different names, so that one simulation holds them all.</summary>
internal static class BatchModels
{
    private const int Vectors = 60;

    /// <summary>All of them: random models with every option in turn, models with hostile names, memories and multipliers.</summary>
    public static IReadOnlyList<VerilogProject> All() =>
    [
        .. Modest(900, RandomGraphs.Small).Take(22).Select((graph, n) => Emit(graph, "small", n)),
        .. Modest(300, RandomGraphs.Dense).Take(14).Select((graph, n) => Emit(graph, "dense", n)),
        .. Modest(7000, RandomGraphs.Any).Take(14).Select((graph, n) => Emit(graph, "any", n)),
        .. Enumerable.Range(0, 8).Select(Hostile),
        WithCells(SmallNets.Table, "memory", VerilogTarget.Amd),
        WithCells(SmallNets.Table, "memory_generic", VerilogTarget.Generic),
        WithCells(SmallNets.Product, "multiplier", VerilogTarget.Amd),
        WithCells(SmallNets.Product, "multiplier_generic", VerilogTarget.Generic),
    ];

    /// <summary>A few, for a slower simulator.</summary>
    public static IReadOnlyList<VerilogProject> Few() =>
    [
        .. Modest(300, RandomGraphs.Dense).Take(3).Select((graph, n) => Emit(graph, "dense", n)), Hostile(3),
        WithCells(SmallNets.Table, "memory", VerilogTarget.Amd), WithCells(SmallNets.Product, "multiplier", VerilogTarget.Generic),
    ];

    // Neither trivial nor so large that a simulator compiles them for minutes.
    private static IEnumerable<ModelGraph> Modest(int first, Func<int, ModelGraph> draw) =>
        Enumerable.Range(first, 1000).Select(draw).Where(graph =>
        NetlistCost.Of(NetlistPlanner.Plan(Lowerer.Lower(graph), new VerilogOptions { PipelineLevels = null, Effort = 1 }))
            .Luts is >= 8 and <= 120);

    private static VerilogProject Emit(ModelGraph graph, string name, int n) =>
        VerilogEmitter.Emit(Lowerer.Lower(graph), Options(n) with { TopName = name + n.ToString(CultureInfo.InvariantCulture) });

    // Every kind of option in turn.
    private static VerilogOptions Options(int n) => new()
    {
        Target = n % 3 == 2 ? VerilogTarget.Generic : VerilogTarget.Amd,
        Part = n % 2 == 0 ? "xcvu13p-flga2577-2-e" : "xc7z020clg400-1",
        PipelineLevels = (n % 4) switch { 0 => null, 1 => 1, 2 => 2, _ => 5 },
        InputRegisters = n % 4 == 1 || n % 8 == 3,
        OutputRegisters = n % 8 is 3 or 6,
        Io = n % 4 is 0 or 3 ? VerilogIo.Axis : VerilogIo.Wires,
        Effort = 1,
        Vectors = Vectors,
    };

    private static VerilogProject Hostile(int n)
    {
        string[] names = HostileNames.Take(400, 17);
        string[] layers = [.. Enumerable.Range(0, 8).Select(k => names[((n * 41) + (k * 5)) % names.Length])
            .Distinct(StringComparer.Ordinal)];
        var graph = HostileModel.Create(names[(n * 53) + 7], layers, [names[(n * 29) + 11], names[(n * 29) + 12]]);
        return VerilogEmitter.Emit(Lowerer.Lower(graph), Options(n));
    }

    private static VerilogProject WithCells(ModelGraph graph, string name, VerilogTarget target)
    {
        var program = Lowerer.Lower(graph);
        var options = Options(2) with { TopName = name, Target = target };
        var netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(program), new MappingOptions(1, Multipliers: true, WidestLutTable: 4));
        return new ProjectBuilder(program, options, Pipeliner.Run(netlist, new PipelineOptions(2))).Build(null);
    }
}
