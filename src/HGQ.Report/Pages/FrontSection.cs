using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Charts;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>The front of a run.</summary>
internal static class FrontSection
{
    public static Section? Build(ReportContent content)
    {
        if (content.Run is not { Front.Count: > 0 } run)
        {
            return null;
        }

        List<Figure> figures = [FrontChart.OfEbops(run)];
        if (run.Front.Count(p => content.Luts.ContainsKey(p.File)) > 1)
        {
            figures.Add(FrontChart.OfLuts(run, content.Luts));
        }

        List<string> lines =
        [
            $"Models that no cheaper one beats in the validation {run.Score}. Every figure is that of the exported integers.",
        ];
        if (run.Rows is { } rows)
        {
            lines.Add(FormattableString.Invariant(
                $"Bars are one standard error to either side, of {rows.Validation} validation and {rows.Test} test rows. ")
                + "The best of many candidates is flattered by its validation rows; the test rows chose nothing.");
        }

        return new Section("front", "Front", [new Block { Lines = lines, Figures = figures, Table = TableOf(run, content.Luts) }]);
    }

    private static Table TableOf(RunRecord run, IReadOnlyDictionary<string, int> luts)
    {
        bool counted = luts.Count > 0;
        Cell[] head =
        [
            new("EBOPs"), .. counted ? [new Cell("LUTs")] : Array.Empty<Cell>(), new("validation " + run.Score), new("test"),
            new("weights that are not 0"), new("origin", IsText: true), new("", IsText: true),
        ];
        return new Table(head, [.. run.Front.Select((point, n) => new Row(
            [
                new Cell(Figures.Count(point.Ebops)),
                .. counted ? [LutsOf(point)] : Array.Empty<Cell>(),
                new Cell(Figures.Score(run, point.Validation, point.ValidationError)),
                new Cell(Figures.Score(run, point.Test, point.TestError)),
                new Cell(Figures.Count(point.NonzeroWeights)),
                new Cell(point.Origin, IsText: true),
                new Cell(n == run.Chosen ? "chosen" : "", IsText: true),
            ],
            IsChosen: n == run.Chosen))]);

        Cell LutsOf(RunPoint point) => new(luts.TryGetValue(point.File, out int found) ? Figures.Count(found) : Figures.None);
    }
}
