namespace HGQ.Cli;

/// <summary>What the exit code of the process says (docs/cli.md, "Exit codes").</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A comparison failed, or tasks of a sweep did.</summary>
    public const int Mismatch = 1;

    /// <summary>Wrong use or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>A tool of the machine is missing.</summary>
    public const int ToolMissing = 3;

    /// <summary>A task of a sweep that its batch script is to begin again (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TryAgain = 75;

    /// <summary>A fault of this tool; a report was written.</summary>
    public const int InternalError = 70;

    /// <summary>Interrupted; what was done is kept.</summary>
    public const int Interrupted = 130;
}
