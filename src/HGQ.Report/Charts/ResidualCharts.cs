using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Contents;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace HGQ.Report.Charts;

/// <summary>What a regression is wrong by.</summary>
internal static class ResidualCharts
{
    private const string Title = "Output − target against the target";
    private const int MostPoints = 1500;

    /// <summary>Errors as a histogram, and against the target.</summary>
    /// <param name="record">The regression, one row at least.</param>
    /// <param name="id">A name that no other output has.</param>
    public static IReadOnlyList<Figure> Of(ResidualRecord record, string id)
    {
        int every = ((record.Errors.Count - 1) / MostPoints) + 1;
        PlotModel model = SvgChart.Create(new LinearAxis { Title = "target" }, new LinearAxis());
        var points = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 1.8, MarkerFill = Palette.Series(0) };
        points.Points.AddRange(Enumerable.Range(0, record.Errors.Count).Where(n => n % every == 0)
            .Select(n => new ScatterPoint(record.Targets[n], record.Errors[n])));
        model.Series.Add(points);
        string note = every == 1 ? "" : FormattableString.Invariant($"Every {every}th row is shown.");
        return
        [
            new Figure("Rows by output − target", BarChart.OfValues(id + "-histogram", "output − target", record.Errors), []),
            new Figure(
                Title, SvgChart.Draw(model, id + "-scatter", Title, 460, 260), [], note),
        ];
    }
}
