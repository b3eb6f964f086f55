using System;
using System.Threading;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Program;

namespace HGQ.VerilogEmit.Projects;

/// <summary>From a program to the netlist that is printed: mapped, and cut into stages.</summary>
internal static class NetlistPlanner
{
    public static BitNetlist Plan(IntegerProgram program, VerilogOptions options, IProgress<MappingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var mapping = new MappingOptions(options.Effort, options.Multipliers);
        var netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(program), mapping, progress, cancellation);
        return options.PipelineLevels is { } levels
            ? Pipeliner.Run(netlist, new PipelineOptions(levels, options.InputRegisters, options.OutputRegisters))
            : netlist;
    }
}
