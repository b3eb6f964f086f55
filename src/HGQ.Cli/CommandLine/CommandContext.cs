using System.IO;
using HGQ.Cli.Terminal;

namespace HGQ.Cli.CommandLine;

/// <summary>Where a command writes: results for scripts, messages for people.</summary>
/// <param name="Output">Standard output: results only.</param>
/// <param name="Messages">Standard error: progress, warnings, errors.</param>
/// <param name="Interruption">Ctrl-C and SIGTERM.</param>
internal sealed record CommandContext(TextWriter Output, MessageWriter Messages, Interruption Interruption);
