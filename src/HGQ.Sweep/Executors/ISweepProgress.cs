using System;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Executors;

/// <summary>Hears how a sweep goes on; calls may come from several threads, one at a time.</summary>
public interface ISweepProgress
{
    /// <summary>A training of a task was started.</summary>
    void OnStarted(SweepTask task);

    /// <summary>An attempt has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="state">What its folder says.</param>
    /// <param name="time">How long the attempt took, as far as it was seen.</param>
    void OnEnded(SweepTask task, TaskOutcome outcome, TaskState state, TimeSpan time);

    /// <summary>How many tasks are in which state.</summary>
    void OnCounts(SweepCounts counts);

    /// <summary>A sentence about something else.</summary>
    void OnMessage(string message);
}

/// <summary>How many tasks of a sweep are how far.</summary>
/// <param name="Total">All tasks.</param>
/// <param name="Finished">Complete.</param>
/// <param name="Failed">Not tried again.</param>
/// <param name="Running">At work.</param>
public sealed record SweepCounts(int Total, int Finished, int Failed, int Running);
