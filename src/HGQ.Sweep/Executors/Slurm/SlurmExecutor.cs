using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Sweep.Executors.Slurm;

/// <summary>
/// Gives tasks to Slurm and watches them. Slurm decides when and where they run; what is known of a task is in its folder, so that this
/// program, a task or a node may end at any moment, and the same call goes on.
/// </summary>
/// <param name="folder">The sweep, on a file system that the nodes see under the same path.</param>
/// <param name="options">What tasks ask of the cluster.</param>
/// <param name="attempts">How often a task may end before it begins, until it has failed.</param>
public sealed class SlurmExecutor(SweepFolder folder, SlurmOptions options, int attempts)
{
    // A controller that restarts is back within minutes.
    private const int LongestSilence = 60;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly SlurmQueue _queue = new(folder);
    private readonly Dictionary<string, TaskStage> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _submissions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);
    private int _silence;

    /// <summary>Submits every task that is neither finished nor in the queue, watches them, and submits again what was lost.</summary>
    /// <param name="waits">Whether to watch until all have ended; else it returns when they are submitted.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellation">Stops the watching; the tasks go on.</param>
    /// <returns>How many tasks are how far.</returns>
    /// <exception cref="SweepException">Slurm refuses the array, or can't be reached for long; another program watches.</exception>
    /// <exception cref="SweepToolMissingException">The programs of Slurm are not there.</exception>
    /// <exception cref="OperationCanceledException">The watching was stopped.</exception>
    public async Task<SweepCounts> RunAsync(bool waits, ISweepProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        using IDisposable held = folder.Hold();
        TimeSpan pause = ShortestWait;
        bool first = true;
        while (true)
        {
            (IReadOnlyDictionary<string, QueuedTask>? queued, string error) = await _queue.ReadAsync();
            if (queued is null)
            {
                Endure(error, progress);
            }
            else
            {
                if (first)
                {
                    File.Delete(folder.Cancelled);
                    Begin(queued);
                }

                _silence = 0;
                List<SweepTask> lost = Look(queued, first, progress);
                await SubmitAsync(lost, first, progress);
                SweepCounts counts = Counts(queued);
                progress.OnCounts(counts);
                bool isOver = counts.Finished + counts.Failed == counts.Total || File.Exists(folder.Cancelled);
                if (isOver || (!waits && _missing.Count == 0))
                {
                    return counts;
                }

                first = false;
                pause = lost.Count > 0 ? ShortestWait : pause;
            }

            await Task.Delay(pause, cancellation);
            pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 1.3, LongestWait.TotalSeconds));
        }
    }

    private void Endure(string error, ISweepProgress progress)
    {
        if (_silence++ == 0)
        {
            progress.OnMessage($"the queue can't be read for now ({error}); the tasks are safe");
        }
        else if (_silence > LongestSilence)
        {
            throw new SweepException(folder.Path, 0, 0,
                $"the queue can't be read: {error}. The tasks are safe; give the command again later.");
        }
    }

    private void Begin(IReadOnlyDictionary<string, QueuedTask> queued)
    {
        foreach (SweepTask task in folder.Plan.Tasks)
        {
            TaskFolder place = folder.Of(task);
            TaskState state = place.Read();
            if (state.Stage == TaskStage.Finished)
            {
                _done[task.Name] = state.Stage;
            }
            else if (!queued.ContainsKey(task.Name))
            {
                _starts[task.Name] = place.Forgive(state).Starts;
            }
        }
    }

    // Tasks that are to be submitted. One that has left the queue is looked at twice: file systems tell some things late.
    private List<SweepTask> Look(IReadOnlyDictionary<string, QueuedTask> queued, bool first, ISweepProgress progress)
    {
        var lost = new List<SweepTask>();
        foreach (SweepTask task in folder.Plan.Tasks.Where(task => !_done.ContainsKey(task.Name)))
        {
            if (queued.ContainsKey(task.Name))
            {
                _missing.Remove(task.Name);
                continue;
            }

            TaskFolder place = folder.Of(task);
            TaskState state = place.Read();
            if (state.Stage is TaskStage.Finished or TaskStage.Failed)
            {
                End(task, state, progress);
            }
            else if (first || !_missing.Add(task.Name))
            {
                _missing.Remove(task.Name);
                if (_submissions.GetValueOrDefault(task.Name) - (state.Starts - _starts.GetValueOrDefault(task.Name)) >= attempts)
                {
                    state = state with { Stage = TaskStage.Failed, Message = "Slurm ended it before it began; see the folder slurm" };
                    place.Write(state);
                    End(task, state, progress);
                    continue;
                }

                lost.Add(task);
            }
        }

        return lost;
    }

    private void End(SweepTask task, TaskState state, ISweepProgress progress)
    {
        _done[task.Name] = state.Stage;
        _missing.Remove(task.Name);
        TaskOutcome outcome = state.Stage == TaskStage.Finished ? TaskOutcome.Finished : TaskOutcome.Failed;
        progress.OnEnded(task, outcome, state, TimeSpan.Zero);
    }

    private async Task SubmitAsync(List<SweepTask> tasks, bool first, ISweepProgress progress)
    {
        IReadOnlyDictionary<string, string> ends = first || tasks.Count == 0 || File.Exists(folder.Cancelled)
            ? new Dictionary<string, string>()
            : await _queue.EndsAsync(tasks);
        foreach (SweepTask task in tasks.Where(_ => !first))
        {
            string end = ends.GetValueOrDefault(task.Name, "no account of it");
            progress.OnMessage($"{task.Name} has left the queue unfinished ({end}); submitted again");
        }

        foreach (SweepTask[] array in File.Exists(folder.Cancelled) ? [] : tasks.Chunk(options.ArraySize))
        {
            string job = await _queue.SubmitAsync(array, options);
            progress.OnMessage(Invariant($"job {job}: {array.Length} tasks, {array[0].Name} to {array[^1].Name}"));
            foreach (SweepTask task in array)
            {
                _submissions[task.Name] = _submissions.GetValueOrDefault(task.Name) + 1;
            }
        }
    }

    private SweepCounts Counts(IReadOnlyDictionary<string, QueuedTask> queued) => new(
        folder.Plan.Tasks.Count,
        _done.Values.Count(static status => status == TaskStage.Finished),
        _done.Values.Count(static status => status == TaskStage.Failed),
        queued.Values.Count(static task => task.State == "RUNNING"));
}
