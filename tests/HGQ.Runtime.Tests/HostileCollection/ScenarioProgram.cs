using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using HGQ.Runtime.Layers;
using TorchSharp;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>
/// What this assembly does as a program, in a process into which the hostile collector can be loaded: runs the scenarios of a kind, again
/// and again for some seconds, and prints a line for each with the hash of its results. Exit code 1 where a later run of one differs from
/// its first.
/// </summary>
internal static class ScenarioProgram
{
    private static int Main(string[] arguments)
    {
        IReadOnlyList<Scenario> scenarios = Scenario.Of(arguments[0]);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(double.Parse(arguments[1], CultureInfo.InvariantCulture)));
        using IDisposable threads = TorchThreads.Hold(1);
        var hashes = new string[scenarios.Count];
        int runs = 0;
        for (; runs < scenarios.Count || !time.IsCancellationRequested; runs++)
        {
            int s = runs % scenarios.Count;
            string hash = Run(scenarios[s]);
            if (runs < scenarios.Count)
            {
                hashes[s] = hash;
                Console.WriteLine($"{scenarios[s].Name}: {hash}");
            }
            else if (hash != hashes[s])
            {
                Console.WriteLine($"{scenarios[s].Name}: {hash} in run {runs}");
                return 1;
            }
        }

        Console.Error.WriteLine($"{runs} runs");
        return 0;
    }

    private static string Run(Scenario scenario)
    {
        torch.manual_seed(7);
        using var transcript = new Transcript();
        scenario.Run(transcript);
        return transcript.Hash;
    }
}
