using System.CommandLine;

namespace HGQ.Cli.CommandLine;

/// <summary>Options of every verb.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Show warnings and errors only.", Recursive = true };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours; the variable NO_COLOR does the same.",
        Recursive = true,
    };
}
