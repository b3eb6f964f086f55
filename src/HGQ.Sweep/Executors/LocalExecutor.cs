using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Sweep.Executors;

/// <summary>Runs tasks on this machine, some at once.</summary>
/// <param name="folder">The sweep.</param>
/// <param name="settings">How to run each.</param>
/// <param name="jobs">How many at once.</param>
public sealed class LocalExecutor(SweepFolder folder, TaskSettings settings, int jobs)
{
    private readonly Lock _state = new();
    private readonly Queue<SweepTask> _waiting = new();
    private readonly List<SweepTask> _elsewhere = [];
    private int _running;
    private int _finished;
    private int _failed;

    /// <summary>Runs every task that is not finished; those that failed before are tried anew.</summary>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellation">Asks the trainings to stop; each writes its checkpoint first.</param>
    /// <returns>How many tasks are finished and failed at the end.</returns>
    /// <exception cref="SweepException">Another program runs the tasks of this folder, or one of them; that one is left to it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the same call goes on.</exception>
    public async Task<SweepCounts> RunAsync(ISweepProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        using IDisposable held = folder.Hold();
        RequireIdle();
        File.Delete(folder.Cancelled);
        Begin();
        progress.OnCounts(Counts());
        var runner = new TaskRunner(folder, settings);
        await Task.WhenAll(Enumerable.Range(0, jobs)
            .Select(_ => Task.Run(() => WorkAsync(runner, progress, cancellation), CancellationToken.None)));
        SweepCounts counts = Counts();
        if (_elsewhere.Count > 0)
        {
            throw AtWork(_elsewhere[0]);
        }

        if (counts.Finished + counts.Failed < counts.Total)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return counts;
    }

    // A task that a node of a cluster has is found by its lock, whatever its queue says. Nothing was written so far.
    private void RequireIdle()
    {
        foreach (SweepTask task in folder.Plan.Tasks)
        {
            TaskFolder place = folder.Of(task);
            if (Directory.Exists(place.Path) && place.Read().Stage != TaskStage.Finished)
            {
                using FileStream free = SweepFolder.TryLock(place.Lock) ?? throw AtWork(task);
            }
        }
    }

    private SweepException AtWork(SweepTask task)
    {
        TaskState state = folder.Of(task).Read();
        string who = state is { Stage: TaskStage.Running, Process: { } process }
            ? Invariant($" (process {process.Id} on {process.Host})")
            : "";
        return new SweepException(
            folder.Path, 0, 0, $"{task.Name} is at work in another program{who}, which keeps it. Wait until it has ended, or stop it by "
                + "hgq sweep DIR --cancel; then give the command again.");
    }

    private void Begin()
    {
        foreach (SweepTask task in folder.Plan.Tasks)
        {
            TaskFolder place = folder.Of(task);
            TaskState state = place.Read();
            if (state.Stage == TaskStage.Finished)
            {
                _finished++;
                continue;
            }

            place.Forgive(state);
            _waiting.Enqueue(task);
        }
    }

    private async Task WorkAsync(TaskRunner runner, ISweepProgress progress, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Take() is { } task)
        {
            var clock = Stopwatch.StartNew();
            lock (_state)
            {
                progress.OnStarted(task);
                progress.OnCounts(Counts());
            }

            TaskOutcome outcome = await runner.RunAsync(task, cancellation);
            TaskState state = folder.Of(task).Read();
            lock (_state)
            {
                End(task, outcome);
                progress.OnEnded(task, outcome, state, clock.Elapsed);
                progress.OnCounts(Counts());
            }
        }
    }

    private SweepTask? Take()
    {
        lock (_state)
        {
            if (!_waiting.TryDequeue(out SweepTask? task))
            {
                return null;
            }

            _running++;
            return task;
        }
    }

    private void End(SweepTask task, TaskOutcome outcome)
    {
        _running--;
        switch (outcome)
        {
            case TaskOutcome.Finished:
                _finished++;
                break;
            case TaskOutcome.TryAgain:
                _waiting.Enqueue(task);
                break;
            case TaskOutcome.Failed:
                _failed++;
                break;
            case TaskOutcome.Busy:
                // Another program began it in the meantime: it is neither done nor failed.
                _elsewhere.Add(task);
                break;
            case TaskOutcome.Stopped:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a meaning.");
        }
    }

    private SweepCounts Counts() => new(folder.Plan.Tasks.Count, _finished, _failed, _running);
}
