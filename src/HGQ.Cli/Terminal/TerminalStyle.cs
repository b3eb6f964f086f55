using System;

namespace HGQ.Cli.Terminal;

/// <summary>What standard error can show.</summary>
/// <param name="Live">A terminal: lines can be drawn over.</param>
/// <param name="Colours">Colours are wanted, too.</param>
internal sealed record TerminalStyle(bool Live, bool Colours)
{
    /// <summary>Finds out: a file or pipe gets plain lines; NO_COLOR (no-color.org) with any content takes the colours away.</summary>
    public static TerminalStyle Detect(bool noColor)
    {
        bool live = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new TerminalStyle(live, live && !noColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    }
}
