using System.CommandLine;
using System.Threading;
using HGQ.Cli.CommandLine;

namespace HGQ.Cli.Commands;

/// <summary>One verb: its options, its examples and what it does.</summary>
internal interface ICommand
{
    /// <summary>The verb with arguments and options.</summary>
    Command Definition { get; }

    /// <summary>Lines that work when pasted, from the root of the repository, in the order of the README.</summary>
    string[] Examples { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation);
}
