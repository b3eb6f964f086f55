using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Model.Serialization;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Sweep.Executors;

/// <summary>
/// One attempt of one task: a training process in the task's folder, from the beginning or from its checkpoint. All executors run
/// tasks by it, so that a folder looks the same wherever it was made.
/// </summary>
/// <param name="folder">The sweep.</param>
/// <param name="settings">How to run.</param>
public sealed class TaskRunner(SweepFolder folder, TaskSettings settings)
{
    private const int BadInput = 2;
    private const int ToolMissing = 3;
    private const int Interrupted = 130;
    private const int Terminated = 128 + 15;

    /// <summary>Runs the task until its training ends.</summary>
    /// <param name="task">A task of the sweep.</param>
    /// <param name="cancellation">Asks the training to stop; it writes its checkpoint first.</param>
    public async Task<TaskOutcome> RunAsync(SweepTask task, CancellationToken cancellation)
    {
        TaskFolder place = folder.Of(task);
        Directory.CreateDirectory(place.Path);
        using FileStream? held = SweepFolder.TryLock(place.Lock);
        if (held is null)
        {
            return TaskOutcome.Busy;
        }

        TaskState before = place.Read();
        if (before.Stage == TaskStage.Finished)
        {
            place.Write(before);
            return TaskOutcome.Finished;
        }

        if (before.Stage == TaskStage.Running)
        {
            // Its runner was killed: what it started may still write there, and the attempt has no end of its own.
            await TrainingProcess.EndOrphanAsync(before.Process);
            const string message = "its machine or runner stopped";
            before = before with { Stage = TaskStage.Interrupted, Attempts = before.Attempts + 1, Message = message };
        }

        if (before.Attempts >= settings.Attempts)
        {
            place.Write(before with { Stage = TaskStage.Failed });
            return TaskOutcome.Failed;
        }

        return cancellation.IsCancellationRequested ? TaskOutcome.Stopped : await AttemptAsync(task, place, before, cancellation);
    }

    private async Task<TaskOutcome> AttemptAsync(SweepTask task, TaskFolder place, TaskState before, CancellationToken cancellation)
    {
        string stamp = place.CheckpointStamp();
        ProcessStartInfo start = Prepare(task, place);
        TaskState running = before with { Stage = TaskStage.Running, Starts = before.Starts + 1, Message = null };
        int code;
        string? message;
        var clock = Stopwatch.StartNew();
        try
        {
            await using var training = TrainingProcess.Start(start, place.Log);
            place.Write(running with { Process = training.Identity });
            (code, message) = await training.EndAsync(cancellation);
        }
        catch (Win32Exception e)
        {
            message = $"{start.FileName} can't be started ({e.Message})";
            place.Write(running with { Stage = TaskStage.Failed, Message = message, Process = null });
            return TaskOutcome.Failed;
        }

        (TaskOutcome outcome, TaskState after) = Judge(place, running, code, message, stamp, cancellation.IsCancellationRequested);
        place.Write(after with { Seconds = Math.Round(before.Seconds + clock.Elapsed.TotalSeconds, 1) });
        return outcome;
    }

    private (TaskOutcome Outcome, TaskState State) Judge(
        TaskFolder place, TaskState running, int code, string? message, string stamp, bool cancelled)
    {
        if (code == 0)
        {
            return File.Exists(place.Summary)
                ? (TaskOutcome.Finished, running with { Stage = TaskStage.Finished, Attempts = 0 })
                : (TaskOutcome.Failed, running with { Stage = TaskStage.Failed, Message = "the training ended without run/summary.json" });
        }

        if (code is BadInput or ToolMissing)
        {
            return (TaskOutcome.Failed, running with { Stage = TaskStage.Failed, Message = message ?? Invariant($"exit code {code}") });
        }

        if (code is Interrupted or Terminated)
        {
            // A time limit that suffices for a checkpoint may be met any number of times.
            int attempts = place.CheckpointStamp() != stamp ? 0 : running.Attempts + (cancelled ? 0 : 1);
            TaskState stopped =
                running with { Stage = TaskStage.Interrupted, Attempts = attempts, Message = "stopped; goes on from its checkpoint" };
            return cancelled ? (TaskOutcome.Stopped, stopped) : Retried(stopped);
        }

        // A child that dies of Ctrl-C before it listens is no crash.
        string reason = message ?? Invariant($"exit code {code}");
        return cancelled
            ? (TaskOutcome.Stopped, running with { Stage = TaskStage.Interrupted, Message = reason })
            : Retried(running with { Stage = TaskStage.Interrupted, Attempts = running.Attempts + 1, Message = reason });
    }

    private (TaskOutcome Outcome, TaskState State) Retried(TaskState state) => state.Attempts >= settings.Attempts
        ? (TaskOutcome.Failed, state with { Stage = TaskStage.Failed })
        : (TaskOutcome.TryAgain, state);

    private ProcessStartInfo Prepare(SweepTask task, TaskFolder place)
    {
        var arguments = new List<string>(settings.Trainer.Leading);
        if (File.Exists(place.Request))
        {
            arguments.AddRange(["train", "--resume", "run"]);
        }
        else
        {
            // Without a request nothing of it can be used; such a folder is left by a crash in the first moments.
            if (Directory.Exists(place.Run))
            {
                Directory.Delete(place.Run, recursive: true);
            }

            arguments.AddRange(folder.Plan.ArgumentsOf(task));
            if (folder.Plan.RecipeOf(task) is { } recipe)
            {
                AtomicFile.WriteText(place.Recipe, recipe);
                arguments.Add("--recipe=recipe.json");
            }

            arguments.AddRange(["--out", "run"]);
        }

        string threads = Invariant($"{settings.Threads}");
        return new ProcessStartInfo(settings.Trainer.Program, arguments)
        {
            WorkingDirectory = place.Path,
            Environment = { ["OMP_NUM_THREADS"] = threads, ["DOTNET_PROCESSOR_COUNT"] = threads },
        };
    }
}
