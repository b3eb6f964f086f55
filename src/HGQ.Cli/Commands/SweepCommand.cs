using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Terminal;
using HGQ.Sweep.Collect;
using HGQ.Sweep.Control;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq sweep</c>: many trainings from one file, on this machine or on a Slurm cluster, and their merged front.</summary>
internal sealed class SweepCommand : ICommand
{
    private readonly Argument<string> _path = new("sweep")
    {
        Description = "Sweep file (docs/sweeps.md), or the folder of a sweep that was begun.",
        HelpName = "FILE|DIR",
    };

    private readonly Option<string?> _out =
        new("--out") { Description = "Folder of the sweep: a new one, or that of the same sweep, which goes on.", HelpName = "DIR" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the tasks and begin none." };
    private readonly Option<bool> _status = new("--status") { Description = "Show how far the tasks of DIR are." };
    private readonly Option<bool> _cancel = new("--cancel") { Description = "Stop the tasks of DIR; each writes its checkpoint." };
    private readonly Option<bool> _collect =
        new("--collect") { Description = "Merge the fronts of the complete tasks of DIR: front.json, front.csv, report.html." };
    private readonly Option<string?> _budgets = new("--budgets")
    {
        Description = "EBOPs at which values of parameters are compared. Default: three where the models are.",
        HelpName = "N,N,…",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the front as JSON, for scripts." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Print the front as CSV." };
    private readonly ExecutorOptions _executor = new();

    public SweepCommand()
    {
        Definition = new Command("sweep", "Train all combinations of a sweep file, and merge their fronts.")
        {
            _path, _out, _dryRun, _status, _cancel, _collect, _budgets, _json, _csv,
        };
        foreach (Option option in _executor.All)
        {
            Definition.Add(option);
        }
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq sweep samples/sweeps/clusters.json --out sweep", "hgq sweep sweep --collect --csv"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        Option<bool>[] verbs = [.. new[] { _dryRun, _status, _cancel, _collect }.Where(arguments.GetValue)];
        if (verbs.Length > 1)
        {
            throw new CommandException($"{verbs[0].Name} and {verbs[1].Name} are two things to do; leave one out");
        }

        if (arguments.GetValue(_json) && arguments.GetValue(_csv))
        {
            throw new CommandException("--json and --csv are two forms; leave one out");
        }

        _executor.Require(arguments);
        NumberList.Read(_budgets, arguments.GetValue(_budgets));
        string path = arguments.GetRequiredValue(_path);
        bool isFolder = Directory.Exists(path);
        if (verbs is [var verb] && verb != _dryRun && !isFolder)
        {
            throw new CommandException(
                $"{verb.Name} needs the folder of a sweep; {path} is {(File.Exists(path) ? "a file" : "not there")}");
        }

        return isFolder ? InFolder(arguments, context, SweepFolder.Open(path), cancellation)
            : OfFile(arguments, context, path, cancellation);
    }

    private int InFolder(ParseResult arguments, CommandContext context, SweepFolder folder, CancellationToken cancellation)
    {
        if (arguments.GetValue(_out) is not null)
        {
            throw new CommandException("--out belongs to a sweep file; the folder of a sweep is its own");
        }

        if (_executor.TaskName(arguments) is { } task)
        {
            return RunTask(arguments, context, folder, task, cancellation);
        }

        if (arguments.GetValue(_dryRun))
        {
            context.Output.Write(SweepText.Tasks(folder.Plan));
            return ExitCode.Done;
        }

        if (arguments.GetValue(_status))
        {
            (IReadOnlyList<TaskReport> tasks, string? problem) = SweepControl.StatusAsync(folder).GetAwaiter().GetResult();
            if (problem is not null)
            {
                context.Messages.Warning($"the queue of Slurm can't be read ({problem}); the folders of the tasks tell");
            }

            context.Output.Write(SweepText.Status(folder.Plan, tasks));
            return ExitCode.Done;
        }

        if (arguments.GetValue(_cancel))
        {
            IReadOnlyList<string> done = SweepControl.CancelAsync(folder).GetAwaiter().GetResult();
            context.Messages.Note(done.Count > 0 ? string.Join("; ", done) : "nothing is at work there");
            return ExitCode.Done;
        }

        return arguments.GetValue(_collect) ? Collect(arguments, context, folder) : Execute(arguments, context, folder, cancellation);
    }

    private int OfFile(ParseResult arguments, CommandContext context, string path, CancellationToken cancellation)
    {
        SweepFile file = SweepFile.Read(path);
        SweepCheck.Require(file);
        if (file.Plan.Repeated > 0)
        {
            context.Messages.Warning(Invariant($"{file.Plan.Repeated} drawn tasks came out like earlier ones and are left out"));
        }

        if (arguments.GetValue(_dryRun))
        {
            context.Output.Write(SweepText.Tasks(file.Plan));
            return ExitCode.Done;
        }

        string folder = arguments.GetValue(_out) ?? throw new CommandException("--out is missing: the folder of the sweep");
        Files.OutputFile.RequireFolder(folder);
        return Execute(arguments, context, SweepFolder.Create(folder, file.Plan), cancellation);
    }

    private int Execute(ParseResult arguments, CommandContext context, SweepFolder folder, CancellationToken cancellation)
    {
        // The trainings at hand finish their epoch and write their checkpoints.
        using IDisposable patience = context.Interruption.BePatient();
        using var display = new SweepDisplay(context.Messages, folder.Plan);
        SweepCounts counts;
        try
        {
            counts = _executor.Run(arguments, folder, display, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new CommandException(_executor.WordsOfInterruption(arguments, folder.Path), ExitCode.Interrupted);
        }

        display.Dispose();
        if (counts.Finished > 0 && counts.Finished + counts.Failed == counts.Total)
        {
            Collect(arguments, context, folder);
        }
        else if (counts.Finished + counts.Failed < counts.Total)
        {
            context.Messages.Note(
                Invariant($"{counts.Finished} of {counts.Total} tasks are finished; --status tells how far the others are"));
        }

        if (counts.Failed > 0)
        {
            context.Messages.Error(
                Invariant($"{counts.Failed} of {counts.Total} tasks failed; tasks/NAME/log.txt says more, ")
                + "and the same command tries them again");
        }

        return counts.Failed > 0 ? ExitCode.Mismatch : ExitCode.Done;
    }

    private int Collect(ParseResult arguments, CommandContext context, SweepFolder folder)
    {
        var front = SweepFront.Collect(folder, NumberList.Read(_budgets, arguments.GetValue(_budgets)));
        FrontFiles.Write(front, folder);
        string? report = SweepReport.TryWrite(front, folder, context);
        if (front.Finished < folder.Plan.Tasks.Count)
        {
            context.Messages.Warning(
                Invariant($"{front.Finished} of {folder.Plan.Tasks.Count} tasks are complete; the others are not in the front"));
        }

        context.Output.Write(arguments.GetValue(_json) ? FrontFiles.Json(front)
            : arguments.GetValue(_csv) ? FrontFiles.Csv(front) : SweepText.Front(front, folder, report));
        return ExitCode.Done;
    }

    // What a node of the cluster does: one attempt, whose outcome the batch script reads from the exit code.
    private int RunTask(ParseResult arguments, CommandContext context, SweepFolder folder, string name, CancellationToken cancellation)
    {
        using IDisposable patience = context.Interruption.BePatient();
        return _executor.RunTask(arguments, folder, name, cancellation);
    }
}
