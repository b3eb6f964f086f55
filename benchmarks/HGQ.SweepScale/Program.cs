using System;
using System.Globalization;
using System.Threading.Tasks;

namespace HGQ.SweepScale;

/// <summary>How sweeps bear many tasks: <c>collect 10000</c> and <c>busy 100</c> (docs/sweeps.md).</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments)
        {
            // The simulated training: the program calls itself.
            case [SleepingTrainer.Verb, ..]:
                return SleepingTrainer.Run();
            case ["collect", var tasks]:
                CollectScale.Run(int.Parse(tasks, CultureInfo.InvariantCulture));
                return 0;
            case ["busy", var tasks, var jobs, var milliseconds]:
                await BusyScale.RunAsync(
                    int.Parse(tasks, CultureInfo.InvariantCulture),
                    int.Parse(jobs, CultureInfo.InvariantCulture),
                    int.Parse(milliseconds, CultureInfo.InvariantCulture));
                return 0;
            default:
                Console.Error.WriteLine("usage: collect TASKS | busy TASKS JOBS MILLISECONDS");
                return 2;
        }
    }
}
