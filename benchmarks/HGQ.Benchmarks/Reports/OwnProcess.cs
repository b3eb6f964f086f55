using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HGQ.Benchmarks.Reports;

/// <summary>This program once more, in a process of its own: what is compiled, loaded or allocated once is measured from the start.</summary>
internal static class OwnProcess
{
    /// <summary>Largest resident set of this process so far, in MB of 2^20 bytes, as the system counts it.</summary>
    public static double PeakMegabytes
    {
        get
        {
            string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;
        }
    }

    /// <summary>Runs a command of this program and returns what it prints.</summary>
    public static string Output(params string[] command)
    {
        // The host takes the program's own library as its first argument where it is started as `dotnet library`.
        string[] arguments = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(OwnProcess).Assembly.Location, .. command] : command;
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? output : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {child.ExitCode}: {output}");
    }
}
