using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;

namespace HGQ.VerilogEmit.Simulation;

/// <summary>Runs a program to its end.</summary>
internal static class ToolProcess
{
    /// <summary>Starts a program; gives its exit code and everything it wrote.</summary>
    /// <exception cref="VerilogSimulationException">It cannot be started.</exception>
    public static ToolResult Run(string program, string directory, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // A make that runs this program must not hand its own options to the one that is started.
        start.Environment.Remove("MAKEFLAGS");
        start.Environment.Remove("MAKELEVEL");
        var output = new StringBuilder();
        var clock = Stopwatch.StartNew();
        using var process = new Process { StartInfo = start };
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (output)
            {
                output.Append(line.Data).Append(line.Data is null ? "" : "\n");
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        try
        {
            process.Start();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new VerilogSimulationException($"'{program}' cannot be started: {error.Message}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.ToString().TrimEnd('\n'), clock.Elapsed);
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output and error.</param>
/// <param name="Elapsed">Time it took.</param>
internal sealed record ToolResult(int ExitCode, string Output, TimeSpan Elapsed);
