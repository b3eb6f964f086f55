namespace HGQ.Sweep.Folders;

/// <summary>How far a task is.</summary>
public enum TaskStage
{
    /// <summary>It was not begun.</summary>
    Waiting,

    /// <summary>A training is at work, or was when its machine stopped.</summary>
    Running,

    /// <summary>It was stopped, and goes on from its checkpoint.</summary>
    Interrupted,

    /// <summary>It is not tried again by itself.</summary>
    Failed,

    /// <summary>Its run is complete.</summary>
    Finished,
}

/// <summary>What is known of a task; kept in its folder.</summary>
/// <param name="Stage">How far it is.</param>
/// <param name="Attempts">Attempts that ended without getting on, or with a crash.</param>
/// <param name="Starts">How often a training was started.</param>
/// <param name="Message">Why the last one ended; null where there is nothing to say.</param>
/// <param name="Process">The process that is, or was, at work; null where none was.</param>
/// <param name="Seconds">Time of all attempts whose end was seen, in seconds.</param>
public sealed record TaskState(
    TaskStage Stage, int Attempts = 0, int Starts = 0, string? Message = null, ProcessIdentity? Process = null, double Seconds = 0)
{
    /// <summary>A task that was not begun.</summary>
    public static TaskState New { get; } = new(TaskStage.Waiting);
}
