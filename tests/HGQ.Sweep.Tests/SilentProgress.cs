using System;
using System.Collections.Generic;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Tests;

/// <summary>Notes what it hears.</summary>
internal sealed class SilentProgress : ISweepProgress
{
    public List<string> Events { get; } = [];

    public SweepCounts? Last { get; private set; }

    public void OnStarted(SweepTask task) => Events.Add($"{task.Name} started");

    public void OnEnded(SweepTask task, TaskOutcome outcome, TaskState state, TimeSpan time) => Events.Add($"{task.Name} {outcome}");

    public void OnCounts(SweepCounts counts) => Last = counts;

    public void OnMessage(string message) => Events.Add(message);
}
