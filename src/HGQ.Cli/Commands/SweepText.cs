using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using HGQ.Cli.Terminal;
using HGQ.Sweep.Collect;
using HGQ.Sweep.Control;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>Sweeps as people read them.</summary>
internal static class SweepText
{
    private const string Unknown = "-";

    /// <summary>The tasks and what each calls.</summary>
    public static string Tasks(SweepPlan plan)
    {
        var text = new StringBuilder();
        foreach (SweepTask task in plan.Tasks)
        {
            IEnumerable<string> words = plan.ArgumentsOf(task).Append(plan.Recipe is null ? "" : "--recipe=recipe.json")
                .Where(static word => word.Length > 0);
            text.Append(CultureInfo.InvariantCulture, $"{task.Name}  hgq {string.Join(' ', words.Select(Word))}");
            IEnumerable<string> members = plan.Parameters.Zip(task.Values).Where(static pair => TrainOptions.IsRecipeMember(pair.First))
                .Select(static pair => $"{pair.First}={pair.Second}");
            text.Append(string.Join("", members.Select(static member => "  " + member))).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"{plan.Tasks.Count} tasks\n").ToString();
    }

    /// <summary>How many tasks are how far, and a line for each that is neither waiting nor finished.</summary>
    public static string Status(SweepPlan plan, IReadOnlyList<TaskReport> tasks)
    {
        var text = new StringBuilder();
        foreach (TaskStage stage in Enum.GetValues<TaskStage>())
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name(stage),-11}  {tasks.Count(task => task.State.Stage == stage)}\n");
        }

        var table = new TextTable("task", "state", "Slurm", ">starts", "parameters", "last message");
        int rows = 0;
        foreach (TaskReport task in tasks.Where(static task => task.State.Stage is not (TaskStage.Waiting or TaskStage.Finished)))
        {
            rows++;
            string starts = task.State.Starts.ToString(CultureInfo.InvariantCulture);
            table.Add(task.Task.Name, Name(task.State.Stage), task.Queue ?? Unknown, starts, plan.Describe(task.Task), task.State.Message
                ?? Unknown);
        }

        return rows == 0 ? text.ToString() : text.Append('\n').Append(table).ToString();
    }

    /// <summary>The merged front, and which parameter did what.</summary>
    /// <param name="front">The front.</param>
    /// <param name="folder">The sweep.</param>
    /// <param name="report">The page; null where there is none.</param>
    public static string Front(SweepFront front, SweepFolder folder, string? report)
    {
        bool percent = front.Score == "accuracy";
        string Score(double? score) => score is not { } number ? Unknown
            : percent ? (number * 100).ToString("F2", CultureInfo.InvariantCulture) + " %"
                : number.ToString("G5", CultureInfo.InvariantCulture);

        string[] columns = [">EBOPs", $">validation {front.Score}", ">test", ">non-zero weights", "task", .. front.Plan.Parameters];
        var table = new TextTable(columns);
        foreach (SweepPoint point in front.Points)
        {
            table.Add([
                Invariant($"{point.Ebops}"), Score(point.Validation), Score(point.Test), Invariant($"{point.NonZeroWeights}"),
                    point.Task.Name,
                .. front.Plan.Parameters.Zip(point.Task.Values, Value),
            ]);
        }

        string[] heads = ["parameter", "value", ">tasks", .. front.Budgets.Select(static budget => Invariant($">at {budget} EBOPs")),
            ">at any"];
        var effects = new TextTable(heads);
        foreach (ParameterEffect effect in front.Effects)
        {
            effects.Add([effect.Parameter, Value(effect.Parameter, effect.Value), Invariant($"{effect.Tasks}"),
                .. effect.Best.Select(Score)]);
        }

        string counts = Invariant($"{front.Points.Count} points of {front.Models} models, ")
            + Invariant($"{front.Finished} of {front.Plan.Tasks.Count} tasks\n");
        return $"{table}{counts}"
            + $"\nbest validation {front.Score} of each value\n{effects}\nfront: {folder.Combine("front.json")}\n"
            + (report is null ? "" : $"report: {report}\n");
    }

    /// <summary>A value as it is shown: of a file its name.</summary>
    public static string Value(string parameter, string value) =>
        parameter is "model" or "recipe" or "from" ? Path.GetFileName(value) : value;

    /// <summary>A stage in a word.</summary>
    public static string Name(TaskStage stage) => stage switch
    {
        TaskStage.Waiting => "waiting",
        TaskStage.Running => "running",
        TaskStage.Interrupted => "interrupted",
        TaskStage.Failed => "failed",
        TaskStage.Finished => "finished",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "A stage without a name."),
    };

    private static string Word(string word) => word.AsSpan().IndexOfAny(" '\"$&;|<>()*?") < 0 ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
