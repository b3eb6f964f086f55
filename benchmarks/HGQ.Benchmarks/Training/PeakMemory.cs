using System;
using System.Linq;
using HGQ.Benchmarks.Reports;

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
            foreach (var way in TrainingCase.WaysOf(network).Where(way => way != "operators"))
            {
                Console.WriteLine($"{network,-11} {way,-12} {OwnProcess.Output("memory", network, way).Trim()}");
            }
        }
    }

    /// <summary>Trains and prints this process's own peak before training, and after.</summary>
    public static void Run(string network, string way)
    {
        using var steps = new TrainingCase(network);
        var before = OwnProcess.PeakMegabytes;
        var step = steps.Step(way);
        for (var s = 0; s < Steps; s++)
        {
            step();
        }

        Console.WriteLine(FormattableString.Invariant($"peak {OwnProcess.PeakMegabytes,6:F0} MB, of which {before:F0} MB before the first step"));
    }
}
