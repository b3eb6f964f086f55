using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Serialization;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Executors.Slurm;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Control;

/// <summary>A task as people want to see it.</summary>
/// <param name="Task">The task.</param>
/// <param name="State">What its folder says; a task whose runner is gone is interrupted.</param>
/// <param name="Queue">What Slurm says of it; null where it does not have it.</param>
public sealed record TaskReport(SweepTask Task, TaskState State, string? Queue);

/// <summary>Looks at the tasks of a sweep, and stops them, from another program than the one that runs them.</summary>
public static class SweepControl
{
    /// <summary>How far every task is.</summary>
    /// <param name="folder">The sweep.</param>
    /// <returns>The tasks in their order, and what of the queue can't be read; null: nothing.</returns>
    public static async Task<(IReadOnlyList<TaskReport> Tasks, string? Problem)> StatusAsync(SweepFolder folder)
    {
        System.ArgumentNullException.ThrowIfNull(folder);
        IReadOnlyDictionary<string, QueuedTask>? queued = null;
        string? problem = null;
        if (SlurmQueue.IsUsed(folder))
        {
            try
            {
                (queued, string error) = await new SlurmQueue(folder).ReadAsync();
                problem = queued is null ? error : null;
            }
            catch (SweepToolMissingException e)
            {
                problem = e.Message;
            }
        }

        return ([.. folder.Plan.Tasks.Select(task => Report(folder, task, queued))], problem);
    }

    /// <summary>Refuses to run tasks on this machine while Slurm has some of them: it would begin them beside it.</summary>
    /// <param name="folder">The sweep.</param>
    /// <exception cref="SweepException">Slurm has tasks that are not finished, or its queue can't be read.</exception>
    public static async Task RequireUnqueuedAsync(SweepFolder folder)
    {
        System.ArgumentNullException.ThrowIfNull(folder);
        if (!SlurmQueue.IsUsed(folder))
        {
            return;
        }

        IReadOnlyDictionary<string, QueuedTask>? queued;
        string error;
        try
        {
            (queued, error) = await new SlurmQueue(folder).ReadAsync();
        }
        catch (SweepToolMissingException)
        {
            // This machine belongs to no cluster; a task that is at work all the same is found by its lock.
            return;
        }

        if (queued is null)
        {
            throw new SweepException(folder.Path, 0, 0, "its tasks were given to Slurm, whose queue can't be read now, so that nobody "
                + $"knows whether it has them still: {error}. Try again later, or go on with --executor slurm.");
        }

        SweepTask[] tasks = [.. folder.Plan.Tasks.Where(
            task => queued.ContainsKey(task.Name) && folder.Of(task).Read().Stage != TaskStage.Finished)];
        if (tasks.Length > 0)
        {
            QueuedTask first = queued[tasks[0].Name];
            throw new SweepException(folder.Path, 0, 0, System.FormattableString.Invariant(
                $"Slurm has {tasks.Length} of its {folder.Plan.Tasks.Count} tasks: {tasks[0].Name} is {first.State} (job {first.Job}). ")
                + "Go on with --executor slurm, or take them out of the queue by hgq sweep DIR --cancel, and give the command again.");
        }
    }

    /// <summary>Stops the tasks: those of this machine write their checkpoints, and Slurm takes its ones out of the queue.</summary>
    /// <returns>What was stopped, a sentence each; none where nothing was at work.</returns>
    /// <exception cref="SweepException">Slurm can't be told.</exception>
    /// <exception cref="SweepToolMissingException">The programs of Slurm are not there.</exception>
    public static async Task<IReadOnlyList<string>> CancelAsync(SweepFolder folder)
    {
        System.ArgumentNullException.ThrowIfNull(folder);
        var done = new List<string>();
        using Process? owner = folder.Owner()?.Find();
        if (SlurmQueue.IsUsed(folder))
        {
            AtomicFile.WriteText(folder.Cancelled, "");
            int count = await new SlurmQueue(folder).CancelAsync();
            if (count > 0)
            {
                done.Add(System.FormattableString.Invariant($"{count} tasks taken out of the queue of Slurm"));
            }
        }

        if (owner is not null)
        {
            ProcessSignal.Terminate(owner);
            done.Add(System.FormattableString.Invariant($"process {owner.Id} asked to stop"));
        }

        return done;
    }

    private static TaskReport Report(SweepFolder folder, SweepTask task, IReadOnlyDictionary<string, QueuedTask>? queued)
    {
        TaskState state = folder.Of(task).Read();
        string? queue = queued?.GetValueOrDefault(task.Name)?.State;
        if (state.Stage == TaskStage.Running && queue != "RUNNING" && state.Process?.IsAlive() != true && queued is not null)
        {
            state = state with { Stage = TaskStage.Interrupted, Message = "its machine or runner stopped" };
        }
        else if (state.Stage == TaskStage.Running && queued is null && state.Process is { } process
            && process.Host == System.Environment.MachineName && !process.IsAlive())
        {
            state = state with { Stage = TaskStage.Interrupted, Message = "its runner stopped" };
        }

        return new TaskReport(task, state, queue);
    }
}
