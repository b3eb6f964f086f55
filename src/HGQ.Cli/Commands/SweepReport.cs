using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Cli.CommandLine;
using HGQ.Model.Serialization;
using HGQ.Report;
using HGQ.Report.Contents;
using HGQ.Sweep.Collect;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.Cli.Commands;

/// <summary>Collects what the page of a sweep shows.</summary>
internal static class SweepReport
{
    private const string Folder = "DIR";

    /// <summary>
    /// Writes the page of a sweep whose front was just merged. The sweep is whole already: what goes wrong is told, no more.
    /// </summary>
    /// <param name="front">The merged front.</param>
    /// <param name="folder">The sweep.</param>
    /// <param name="context">Hears what went wrong.</param>
    /// <returns>The file; null where there is none.</returns>
    public static string? TryWrite(SweepFront front, SweepFolder folder, CommandContext context)
    {
        string path = folder.Combine(RunReport.FileName);
        try
        {
            FaultInjection.ApplyToReport();
            AtomicFile.WriteText(path, HtmlReport.Write(ContentOf(front, folder)));
            return path;
        }
        catch (Exception fault)
        {
            context.Messages.Warning($"the front is written, but {path} was not: {PlainMessage.Of(fault)}");
            return null;
        }
    }

    /// <summary>Collects everything.</summary>
    /// <param name="path">The folder of the sweep.</param>
    /// <exception cref="SweepException">No task is finished, or the folder is damaged.</exception>
    public static SweepContent Collect(string path)
    {
        var folder = SweepFolder.Open(path);
        return ContentOf(SweepFront.Collect(folder), folder);
    }

    private static SweepContent ContentOf(SweepFront front, SweepFolder folder)
    {
        SweepPlan plan = front.Plan;
        var numbers = plan.Tasks.Select(static (task, n) => (task.Name, n)).ToDictionary(static pair => pair.Name, static pair => pair.n);
        var points = front.Points.ToHashSet();
        return new SweepContent
        {
            Title = plan.Title,
            Data = Path.GetFileName(plan.Data),
            Score = front.Score,
            Parameters = plan.Parameters,
            Tasks = [.. plan.Tasks.Select(task => TaskOf(plan, task, folder))],
            Models =
            [
                .. front.All.Select(point => new SweepModelRecord(
                    numbers[point.Task.Name], point.Ebops, point.Validation, point.Test, point.NonZeroWeights, point.File,
                    points.Contains(point))
                {
                    ValidationError = point.ValidationError,
                    TestError = point.TestError,
                }),
            ],
            Values =
            [
                .. front.Values.Select(group => new SweepValueRecord(
                    group.Parameter, SweepText.Value(group.Parameter, group.Value), [.. group.Tasks.Select(task => numbers[task.Name])])),
            ],
            Options = [.. plan.Options.Select(static option => (option.Name, SweepText.Value(option.Name, option.Value)))],
            Recipe = plan.Recipe,
            Commands =
            [
                ReportFiles.Command("sweep", "FILE", "--out", Folder), ReportFiles.Command("report", Folder),
            ],
        };
    }

    private static SweepTaskRecord TaskOf(SweepPlan plan, SweepTask task, SweepFolder folder)
    {
        TaskState state = folder.Of(task).Read();
        IEnumerable<string> values = plan.Parameters.Zip(task.Values, SweepText.Value);
        return new SweepTaskRecord(
            task.Name, [.. values], SweepText.Name(state.Stage), state.Starts, state.Seconds,
            state.Stage == TaskStage.Finished ? null : state.Message);
    }
}
