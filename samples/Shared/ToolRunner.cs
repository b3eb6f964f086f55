using System;
using System.Diagnostics;
using System.IO;

namespace Samples;

/// <summary>Runs the command line tool that was built beside the sample.</summary>
internal static class ToolRunner
{
    /// <summary>Runs a verb; its output goes to the console.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(params string[] arguments)
    {
        Console.WriteLine($"$ hgq {string.Join(' ', arguments)}");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hgq.dll"), .. arguments]))
            ?? throw new InvalidOperationException("dotnet could not be started; is the SDK on the search path?");
        process.WaitForExit();
        Console.WriteLine();
        return process.ExitCode;
    }
}
