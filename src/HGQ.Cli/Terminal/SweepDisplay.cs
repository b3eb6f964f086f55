using System;
using System.Diagnostics;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Cli.Terminal;

/// <summary>Tells how a sweep goes on: a line for each task that ends, and on a terminal one below them that is drawn over.</summary>
internal sealed class SweepDisplay(MessageWriter messages, SweepPlan plan) : ISweepProgress, IDisposable
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int? _before;
    private SweepCounts _counts = new(plan.Tasks.Count, 0, 0, 0);
    private bool _drawn;

    /// <inheritdoc/>
    public void OnStarted(SweepTask task)
    {
        // The line of counts says it.
    }

    /// <inheritdoc/>
    public void OnEnded(SweepTask task, TaskOutcome outcome, TaskState state, TimeSpan time)
    {
        Clear();
        string took = time > TimeSpan.Zero ? Invariant($" in {time.TotalSeconds:F1} s") : "";
        string what = $"{task.Name} ({plan.Describe(task)})";
        switch (outcome)
        {
            case TaskOutcome.Finished:
                messages.Note($"{what} finished{took}");
                break;
            case TaskOutcome.TryAgain:
                messages.Warning($"{what}: {state.Message}; it is tried again");
                break;
            case TaskOutcome.Failed:
                messages.Warning($"{what} failed: {state.Message}");
                break;
            case TaskOutcome.Busy:
                messages.Warning($"{what}: another program has it, and keeps it");
                break;
            case TaskOutcome.Stopped:
                messages.Note($"{what} stopped{took}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without words.");
        }
    }

    /// <inheritdoc/>
    public void OnCounts(SweepCounts counts)
    {
        if (_before is null)
        {
            _before = counts.Finished;
            if (counts.Finished > 0)
            {
                messages.Note(Invariant($"{counts.Finished} of {counts.Total} tasks are finished already"));
            }
        }

        _counts = counts;
        if (messages.Style.Live)
        {
            messages.Progress(Line(), overwrite: true);
            _drawn = true;
        }
    }

    /// <inheritdoc/>
    public void OnMessage(string message)
    {
        Clear();
        messages.Note(message);
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private string Line()
    {
        int done = _counts.Finished - (_before ?? 0), left = _counts.Total - _counts.Finished - _counts.Failed;
        string time = done == 0 ? "" : TimeSpan.FromSeconds(_clock.Elapsed.TotalSeconds / done * left) is var rest && rest.TotalHours < 1
            ? Invariant($", about {rest.Minutes}:{rest.Seconds:D2} left")
            : Invariant($", about {rest.TotalHours:F1} h left");
        return Invariant($"{_counts.Finished} of {_counts.Total} finished, {_counts.Running} running, {_counts.Failed} failed{time}");
    }

    private void Clear()
    {
        if (_drawn)
        {
            messages.Progress("", overwrite: true);
            _drawn = false;
        }
    }
}
