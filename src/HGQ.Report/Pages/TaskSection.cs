using System;
using System.Linq;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>The tasks of a sweep: state, settings, results, times.</summary>
internal static class TaskSection
{
    private const int MostTasks = 1000;

    public static Section Build(SweepContent content, RunRecord run)
    {
        ILookup<int, SweepModelRecord> models = content.Models.ToLookup(static model => model.Task);
        bool told = content.Tasks.Any(static task => task.Message is not null);
        Cell[] head =
        [
            new("task", IsText: true), new("state", IsText: true),
            .. content.Parameters.Select(static name => new Cell(name, IsText: true)),
            new($"best validation {run.Score}"), new("test"), new("EBOPs"), new("models"), new("on the front"), new("starts"), new("time"),
            .. told ? [new Cell("last message", IsText: true)] : Array.Empty<Cell>(),
        ];
        string[] lines = content.Tasks.Count <= MostTasks ? [] :
            [FormattableString.Invariant($"The first {MostTasks} of {content.Tasks.Count} tasks; front.json holds the front of all.")];
        Row[] rows = [.. content.Tasks.Take(MostTasks).Select((task, n) => RowOf(run, task, [.. models[n]], told))];
        return new Section("tasks", "Tasks", [new Block { Lines = [.. lines, Explanation], Table = new Table(head, rows) }]);
    }

    private static string Explanation =>
        "Score, test and EBOPs are those of the task's best model in validation. The time is that of all its trainings, each beside the "
        + "others that ran then.";

    private static Row RowOf(RunRecord run, SweepTaskRecord task, SweepModelRecord[] models, bool told)
    {
        SweepModelRecord? best = models.OrderBy(model => run.IsAccuracy ? -model.Validation : model.Validation)
            .ThenBy(static model => model.Ebops).FirstOrDefault();
        return new Row(
        [
            new(task.Name, IsText: true),
            new(task.State, IsText: true),
            .. task.Values.Select(static value => new Cell(value, IsText: true)),
            new(best is null ? Figures.None : Figures.Score(run, best.Validation)),
            new(Figures.Score(run, best?.Test, null)),
            new(best is null ? Figures.None : Figures.Count(best.Ebops)),
            new(Figures.Count(models.Length)),
            new(Figures.Count(models.Count(static model => model.IsOnFront))),
            new(Figures.Count(task.Starts)),
            new(task.Seconds > 0 ? FormattableString.Invariant($"{task.Seconds:0.#} s") : Figures.None),
            .. told ? [new Cell(task.Message ?? "", IsText: true)] : Array.Empty<Cell>(),
        ]);
    }
}
