using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using TorchSharp;

namespace HGQ.Benchmarks.Training;

/// <summary>
/// Times the ways to train a network in turn, a few milliseconds each, so that whatever else the machine does hits all of them, and
/// prints the fastest and the median of these blocks.
/// </summary>
internal static class StepTimes
{
    private const double BlockMilliseconds = 8;
    private static readonly TimeSpan TotalTime = TimeSpan.FromSeconds(5);

    /// <summary>One table a network.</summary>
    public static void Print(IEnumerable<string> networks, IReadOnlyList<string> ways, int threads)
    {
        torch.set_num_threads(threads);
        foreach (var network in networks)
        {
            using var steps = new TrainingCase(network);
            Print(network, [.. TrainingCase.WaysOf(network).Intersect(ways).Select(way => (way, steps.Step(way)))]);
        }
    }

    private static void Print(string network, (string Name, Action Step)[] ways)
    {
        foreach (var (_, step) in ways)
        {
            WarmUp(step);
        }

        var blocks = ways.Select(way => Math.Max(1, (int)(BlockMilliseconds / Block(way.Step, 3)))).ToArray();
        var times = ways.Select(_ => new List<double>()).ToArray();
        var total = Stopwatch.StartNew();
        while (total.Elapsed < TotalTime)
        {
            for (var w = 0; w < ways.Length; w++)
            {
                times[w].Add(Block(ways[w].Step, blocks[w]));
            }
        }

        var (best, median) = (times[0].Min(), Median(times[0]));
        for (var w = 0; w < ways.Length; w++)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{network,-11} {ways[w].Name,-12} min {times[w].Min(),7:F3} ms ({times[w].Min() / best,5:F2} x)   median {Median(times[w]),7:F3} ms ({Median(times[w]) / median,5:F2} x)"));
        }
    }

    // Until everything is compiled at its best.
    private static void WarmUp(Action step)
    {
        var clock = Stopwatch.StartNew();
        for (var s = 0; s < 200 && clock.Elapsed.TotalSeconds < 2; s++)
        {
            step();
        }
    }

    private static double Block(Action step, int steps)
    {
        // Steps of a training follow each other; what another way left in the caches is not this one's affair.
        step();
        var clock = Stopwatch.StartNew();
        for (var s = 0; s < steps; s++)
        {
            step();
        }

        return clock.Elapsed.TotalMilliseconds / steps;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
