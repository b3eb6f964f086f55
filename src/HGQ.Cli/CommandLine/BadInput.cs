using System;
using System.IO;
using HGQ.HlsEmit;
using HGQ.Import;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using HGQ.Report.Runs;
using HGQ.Runtime.Data;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Export;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Trimming;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Plan;
using HGQ.VerilogEmit;

namespace HGQ.Cli.CommandLine;

/// <summary>Errors that are the input's and not ours: one message each, no stack trace. Anything else is a defect (<see cref="CrashReport"/>).</summary>
internal static class BadInput
{
    public static (string Message, int ExitCode)? Describe(Exception fault) => Find(fault) is { } found
        ? (PlainMessage.Of(found.Message), found.ExitCode)
        : null;

    private static (string Message, int ExitCode)? Find(Exception fault) => fault switch
    {
        CommandException command => (command.Message, command.ExitCode),
        EngineUnavailableException engine => (engine.Message, ExitCode.ToolMissing),
        ImportException or OnnxExportException => (fault.Message, ExitCode.BadInput),
        SweepException sweep => (sweep.Message, ExitCode.BadInput),
        HlsToolMissingException or VerilogToolMissingException or SweepToolMissingException => (fault.Message, ExitCode.ToolMissing),
        HlsSimulationException or VerilogSimulationException => (fault.Message, ExitCode.Mismatch),
        HlsEmitException or VerilogEmitException => (fault.Message, ExitCode.BadInput),
        TrainingDivergedException or ExportException or TrimException or ReportException => (fault.Message, ExitCode.BadInput),
        DataFormatException or RecipeException or DescriptionException or CheckpointException or ModelGraphException or ModelFormatException => (fault.Message, ExitCode.BadInput),
        FileLoadException => null,
        FileNotFoundException when fault.Message.Contains("assembly", StringComparison.Ordinal) => null,
        FileNotFoundException { FileName: { } file } => ($"{file}: {FileFault.Describe(fault)}", ExitCode.BadInput),
        IOException or UnauthorizedAccessException => (fault.Message, ExitCode.BadInput),
        OutOfMemoryException => ("the memory does not suffice; use less data, or a smaller network", ExitCode.BadInput),
        _ => null,
    };
}
