using System;
using System.Linq;

namespace HGQ.Cli.Terminal;

/// <summary>What standard error can show.</summary>
/// <param name="Live">A terminal: lines can be drawn over.</param>
/// <param name="Colours">Colours are wanted, too.</param>
internal sealed record TerminalStyle(bool Live, bool Colours)
{
    private const int Utf8CodePage = 65001;

    /// <summary>
    /// Whether standard output shows block characters: a terminal whose locale says UTF-8. A file or pipe gets ASCII, as it may be read
    /// anywhere.
    /// </summary>
    public static bool ShowsBlocks()
    {
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            return false;
        }

        // The first of these that is set decides, as for every program of a POSIX system.
        string? locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(static text => !string.IsNullOrEmpty(text));
        return OperatingSystem.IsWindows()
            ? Console.OutputEncoding.CodePage == Utf8CodePage
            : locale?.Replace("-", "", StringComparison.Ordinal).EndsWith("utf8", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>Finds out: a file or pipe gets plain lines; NO_COLOR (no-color.org) with any content takes the colours away.</summary>
    public static TerminalStyle Detect(bool noColor)
    {
        bool live = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new TerminalStyle(live, live && !noColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    }
}
