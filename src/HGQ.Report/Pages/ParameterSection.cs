using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Charts;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>Which parameter of a sweep did what.</summary>
internal static class ParameterSection
{
    public static Section Build(SweepContent content, RunRecord run)
    {
        ILookup<int, SweepModelRecord> models = content.Models.ToLookup(static model => model.Task);
        string[] lines =
        [
            $"Of each task the model with the best validation {run.Score} counts here, of equal ones the cheapest. A value is judged by "
                + "all tasks that had it, whatever their other values: compare values of parameters whose tasks are combined alike.",
        ];
        return new Section(
            "parameters",
            "What the parameters did",
            [new Block { Lines = lines }, .. content.Parameters.Select((name, p) => Parameter(content, run, models, name, p))]);
    }

    private static Block Parameter(
        SweepContent content, RunRecord run, ILookup<int, SweepModelRecord> models, string name, int number)
    {
        SweepValueRecord[] values = [.. content.Values.Where(value => value.Parameter == name)];
        ValueTasks[] tasks =
            [.. values.Select(value => new ValueTasks(value.Value, [.. value.Tasks.Select(task => Best(models[task], run))]))];
        string id = FormattableString.Invariant($"parameter-{number + 1}");
        Figure? coloured = ValueCharts.Coloured(
            id,
            name,
            [.. values.Select(value => (value.Value, (IReadOnlyList<SweepModelRecord>)[.. value.Tasks.SelectMany(task => models[task])]))],
            run.IsAccuracy,
            run.Score);
        return new Block
        {
            Heading = name,
            Figures = [.. ValueCharts.Of(id, name, tasks, run.IsAccuracy, run.Score), .. coloured is null ? [] : new[] { coloured }],
            Table = TableOf(run, models, values, tasks),
        };
    }

    private static Table TableOf(
        RunRecord run, ILookup<int, SweepModelRecord> models, SweepValueRecord[] values, ValueTasks[] tasks)
    {
        Cell[] head =
        [
            new("value", IsText: true), new("tasks"), new("models"), new($"median validation {run.Score}"),
            new($"best validation {run.Score}"), new("median EBOPs"), new("least EBOPs"), new("of the merged front"),
        ];
        return new Table(head, [.. values.Select((value, n) =>
        {
            double[] scores = [.. tasks[n].Best.Select(static model => model.Validation).Order()];
            double[] ebops = [.. tasks[n].Best.Select(static model => (double)model.Ebops).Order()];
            SweepModelRecord[] own = [.. value.Tasks.SelectMany(task => models[task])];
            int onFront = own.Count(static model => model.IsOnFront);
            return new Row(
            [
                new(value.Value, IsText: true),
                new(Figures.Count(value.Tasks.Count)),
                new(Figures.Count(own.Length)),
                new(Figures.Score(run, ValueCharts.Median(scores))),
                new(Figures.Score(run, run.IsAccuracy ? scores[^1] : scores[0])),
                new(Figures.Ebops(ValueCharts.Median(ebops))),
                new(Figures.Ebops(ebops[0])),
                new(
                    FormattableString.Invariant($"{onFront} of {run.Front.Count}"),
                    Share: (double)onFront / run.Front.Count),
            ]);
        })]);
    }

    private static SweepModelRecord Best(IEnumerable<SweepModelRecord> models, RunRecord run) =>
        models.OrderBy(model => run.IsAccuracy ? -model.Validation : model.Validation).ThenBy(static model => model.Ebops).First();
}
