using System;
using System.IO;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using HGQ.Runtime.Data;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Cli.CommandLine;

/// <summary>Errors that are the input's and not ours: one message each, no stack trace. Anything else is a defect and shows one.</summary>
internal static class BadInput
{
    public static (string Message, int ExitCode)? Describe(Exception fault) => fault switch
    {
        CommandException command => (command.Message, command.ExitCode),
        EngineUnavailableException engine => (engine.Message, ExitCode.ToolMissing),
        DataFormatException or RecipeException or CheckpointException or ModelGraphException or ModelFormatException => (fault.Message, ExitCode.BadInput),
        IOException or UnauthorizedAccessException => (fault.Message, ExitCode.BadInput),
        _ => null,
    };
}
