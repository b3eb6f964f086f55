using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.SweepScale;

/// <summary>Runs simulated trainings, and tells which part of the time the places were busy with them.</summary>
internal static class BusyScale
{
    public static async Task RunAsync(int tasks, int jobs, int milliseconds)
    {
        using var sweep = new ScaleSweep(tasks);
        Environment.SetEnvironmentVariable(SleepingTrainer.Variable, milliseconds.ToString(CultureInfo.InvariantCulture));
        var settings = new TaskSettings(new Trainer(Environment.ProcessPath!, []));
        var clock = Stopwatch.StartNew();
        SweepCounts counts = await new LocalExecutor(sweep.Folder, settings, jobs).RunAsync(new Silence(), CancellationToken.None);
        double seconds = clock.Elapsed.TotalSeconds, slept = counts.Finished * milliseconds / 1000.0;
        Console.WriteLine(Invariant(
            $"{counts.Finished} of {counts.Total} tasks of {milliseconds} ms, {jobs} at once: {seconds:F1} s, ")
            + Invariant($"places busy {100 * slept / (seconds * jobs):F1} % of the time"));
    }

    private sealed class Silence : ISweepProgress
    {
        public void OnStarted(SweepTask task)
        {
            // Only the time counts here.
        }

        public void OnEnded(SweepTask task, TaskOutcome outcome, TaskState state, TimeSpan time)
        {
            if (outcome != TaskOutcome.Finished)
            {
                Console.Error.WriteLine($"{task.Name}: {state.Message}");
            }
        }

        public void OnCounts(SweepCounts counts)
        {
            // Told at the end.
        }

        public void OnMessage(string message) => Console.Error.WriteLine(message);
    }
}
