using System;
using System.Threading;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Program;

namespace HGQ.VerilogEmit.Projects;

/// <summary>From a program to what is printed: mapped, and cut into stages.</summary>
internal static class NetlistPlanner
{
    public static BitNetlist Plan(IntegerProgram program, VerilogOptions options, IProgress<MappingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(program), Mapping(options), progress, cancellation);
        return options.PipelineLevels is { } levels
            ? Pipeliner.Run(netlist, new PipelineOptions(levels, options.InputRegisters, options.OutputRegisters))
            : netlist;
    }

    /// <summary>The same for a stream position by position.</summary>
    /// <exception cref="VerilogEmitException">A layer does not work position by position.</exception>
    public static StreamDesign PlanStream(IntegerProgram program, VerilogOptions options, IProgress<MappingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        try
        {
            var pipeline = options.PipelineLevels is { } levels ? new PipelineOptions(levels) : null;
            return StreamPlanner.Plan(program, Mapping(options), pipeline, progress, cancellation);
        }
        catch (StreamRefusedException error)
        {
            throw new VerilogEmitException(error.Message, error);
        }
    }

    private static MappingOptions Mapping(VerilogOptions options) => new(options.Effort, options.Multipliers);
}
