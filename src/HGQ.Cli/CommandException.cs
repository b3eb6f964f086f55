using System;

namespace HGQ.Cli;

/// <summary>A command can't go on: a message for people and an exit code.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string message, int exitCode = HGQ.Cli.ExitCode.BadInput, Exception? inner = null)
        : base(message, inner) => ExitCode = exitCode;

    public int ExitCode { get; }
}
