using System.Collections.Generic;

namespace HGQ.Sweep.Executors;

/// <summary>The program that trains: <c>hgq</c>, or one that takes the same arguments and leaves the same files.</summary>
/// <param name="Program">The program.</param>
/// <param name="Leading">Arguments in front of those of <c>hgq</c>.</param>
public sealed record Trainer(string Program, IReadOnlyList<string> Leading);

/// <summary>How tasks are run.</summary>
/// <param name="Trainer">What trains.</param>
public sealed record TaskSettings(Trainer Trainer)
{
    /// <summary>Threads of a training.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How often a training may crash, or be stopped without getting on, before the task has failed.</summary>
    public int Attempts { get; init; } = 3;
}

/// <summary>What became of an attempt.</summary>
public enum TaskOutcome
{
    /// <summary>The run is complete.</summary>
    Finished,

    /// <summary>It crashed or was stopped from outside, and is to be tried again.</summary>
    TryAgain,

    /// <summary>It was stopped because the sweep was.</summary>
    Stopped,

    /// <summary>It is not tried again: its input is wrong, or it was tried often enough.</summary>
    Failed,

    /// <summary>Another process has it.</summary>
    Busy,
}
