using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HGQ.Benchmarks.Training;

/// <summary>Peak memory of training: each network in each way in a process of its own, whose largest resident set the system has counted.</summary>
internal static class PeakMemory
{
    private const int Steps = 200;

    /// <summary>Starts the processes and prints what they report, one line each.</summary>
    public static void Print()
    {
        foreach (var network in TrainingNetwork.Names)
        {
            foreach (var way in TrainingCase.Ways.Where(way => way != "operators"))
            {
                using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments(network, way)) { RedirectStandardOutput = true })!;
                Console.WriteLine($"{network,-11} {way,-12} {child.StandardOutput.ReadToEnd().Trim()}");
                child.WaitForExit();
            }
        }
    }

    /// <summary>Trains and prints this process's own peak before training, and after.</summary>
    public static void Run(string network, string way)
    {
        using var steps = new TrainingCase(network);
        var before = Megabytes();
        var step = steps.Step(way);
        for (var s = 0; s < Steps; s++)
        {
            step();
        }

        Console.WriteLine(FormattableString.Invariant($"peak {Megabytes(),6:F0} MB, of which {before:F0} MB before the first step"));
    }

    // The host takes the program's own library as its first argument where it is started as `dotnet library`.
    private static string[] Arguments(string network, string way) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(PeakMemory).Assembly.Location, "memory", network, way]
            : ["memory", network, way];

    private static double Megabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;
    }
}
