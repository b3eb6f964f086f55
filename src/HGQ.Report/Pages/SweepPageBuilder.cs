using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Charts;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>Puts the page of a sweep together.</summary>
internal static class SweepPageBuilder
{
    public static PageModel Build(SweepContent content)
    {
        RunRecord run = content.AsRun();
        Section[] sections =
        [
            Front(content, run),
            .. content.Parameters.Count == 0 ? [] : new[] { ParameterSection.Build(content, run) },
            TaskSection.Build(content, run),
            Origin(content),
        ];
        string subtitle = $"sweep of {string.Join(", ", content.Parameters)}; data {content.Data}";
        return new PageModel(content.Title, subtitle, [.. Tiles(content, run)], Notes(content), sections);
    }

    private static IEnumerable<Fact> Tiles(SweepContent content, RunRecord run)
    {
        int finished = content.Tasks.Count(static task => task.State == "finished");
        yield return new Fact("tasks finished", FormattableString.Invariant($"{finished} of {content.Tasks.Count}"));
        yield return new Fact("models", Figures.Count(content.Models.Count));
        yield return new Fact("on the merged front", Figures.Count(run.Front.Count));
        yield return new Fact("least EBOPs on it", Figures.Count(run.Front[0].Ebops));
        RunPoint best = run.Front[^1];
        yield return new Fact("best validation " + run.Score, Figures.Score(run, best.Validation, best.ValidationError));
        if (best.Test is not null)
        {
            yield return new Fact("its test " + run.Score, Figures.Score(run, best.Test, best.TestError));
        }
    }

    private static string[] Notes(SweepContent content)
    {
        int others = content.Tasks.Count(static task => task.State != "finished");
        return others == 0 ? [] :
        [
            FormattableString.Invariant($"{others} of {content.Tasks.Count} tasks are not finished; nothing of them is in the figures."),
        ];
    }

    private static Section Front(SweepContent content, RunRecord run)
    {
        SweepModelRecord[] points = [.. content.Models.Where(static model => model.IsOnFront).OrderBy(static model => model.Ebops)];
        Cell[] head =
        [
            new("EBOPs"), new("validation " + run.Score), new("test"), new("weights that are not 0"), new("task", IsText: true),
            .. content.Parameters.Select(static name => new Cell(name, IsText: true)), new("file in its run", IsText: true),
        ];
        Row[] rows = [.. points.Select(point => new Row(
        [
            new(Figures.Count(point.Ebops)),
            new(Figures.Score(run, point.Validation, point.ValidationError)),
            new(Figures.Score(run, point.Test, point.TestError)),
            new(Figures.Count(point.NonzeroWeights)),
            new(content.Tasks[point.Task].Name, IsText: true),
            .. content.Tasks[point.Task].Values.Select(static value => new Cell(value, IsText: true)),
            new(point.File.Split("/run/")[^1], IsText: true),
        ]))];
        string[] lines =
        [
            "Of all models of all finished tasks those that no cheaper one beats in the validation "
                + $"{run.Score}, and the task that each came from. Every figure is that of the exported integers.",
            "Bars are one standard error to either side. Validation rows chose between all models of all tasks: of many the best one owes "
                + "some of its score to luck. Test rows chose nothing.",
        ];
        return new Section(
            "front",
            "Merged front",
            [new Block { Lines = lines, Figures = [FrontChart.OfEbops(run, "models of all tasks")], Table = new Table(head, rows) }]);
    }

    private static Section Origin(SweepContent content)
    {
        Block[] blocks =
        [
            new Block { Heading = "Commands", Code = string.Join('\n', content.Commands) },
            new Block
            {
                Heading = "What all tasks have in common",
                Facts = [new Fact("data", content.Data), .. content.Options.Select(static option => new Fact(option.Name, option.Value))],
            },
            new Block { Heading = "Recipe, before parameters change it", Code = content.Recipe ?? "" },
        ];
        return new Section("origin", "How it was made", [.. blocks.Where(static block => block.Code != "" || block.Facts.Count > 0)]);
    }
}
