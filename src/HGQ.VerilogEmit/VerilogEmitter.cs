using System;
using System.Threading;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Program;
using HGQ.VerilogEmit.Projects;

namespace HGQ.VerilogEmit;

/// <summary>Emits a program as Verilog: the bit netlist of docs/hardware-network.md, printed (docs/verilog.md).</summary>
public static class VerilogEmitter
{
    /// <summary>Emits a project. Same program and options, same bytes; nothing is written to disk.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="options">Options of the project.</param>
    /// <param name="modelFileText">Text of the model file, copied into the project; null for none.</param>
    /// <param name="progress">Is told how far the mapper is.</param>
    /// <param name="cancellation">Ends the mapping early.</param>
    /// <exception cref="VerilogOptionException">An option is wrong.</exception>
    /// <exception cref="VerilogEmitException">A layer does not work position by position, and a stream was asked for.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VerilogProject Emit(
        IntegerProgram program,
        VerilogOptions options,
        string? modelFileText = null,
        IProgress<MappingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        var complete = VerilogOptionsValidator.Complete(options, program.Name);
        if (complete.Io == VerilogIo.Stream)
        {
            return new StreamProjectBuilder(program, complete,
                NetlistPlanner.PlanStream(program, complete, progress, cancellation)).Build(modelFileText);
        }

        var netlist = NetlistPlanner.Plan(program, complete, progress, cancellation);
        return new ProjectBuilder(program, complete, netlist).Build(modelFileText);
    }
}
