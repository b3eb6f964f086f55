using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Runs;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace HGQ.Report.Charts;

/// <summary>Curves over epochs: a line for each training.</summary>
internal static class CurveCharts
{
    /// <summary>All of them; none without epochs.</summary>
    public static IReadOnlyList<Figure> Of(RunRecord run)
    {
        RunCurve[] curves = [.. run.Curves.Where(static c => c.Epochs.Count > 0)];
        if (curves.Length == 0)
        {
            return [];
        }

        double factor = run.IsAccuracy ? 100 : 1;
        return
        [
            Draw(curves, "loss", "Training loss, without cost", static e => e.Loss),
            Draw(curves, "score", $"Validation {run.Score}{(run.IsAccuracy ? " in %" : "")}, running", e => factor * e.Score),
            Draw(curves, "ebops", "EBOPs, running", static e => e.Ebops),
            Draw(curves, "beta", "β, the price of a bit operation", static e => e.Beta),
            Draw(curves, "rate", "Learning rate", static e => e.LearningRate),
        ];
    }

    private static Figure Draw(RunCurve[] curves, string id, string title, Func<RunEpoch, double> value)
    {
        double[] values = [.. curves.SelectMany(static c => c.Epochs).Select(value).Where(double.IsFinite)];
        Axis axis = id == "score" ? ChartAxis.Score() : ChartAxis.Cost(null, values);
        var epochs = new LinearAxis { Title = "epoch", Minimum = 0, Maximum = curves.Max(static c => c.Epochs[^1].Epoch) };
        PlotModel model = SvgChart.Create(epochs, axis);
        List<LegendEntry> legend = [];
        for (int c = 0; c < curves.Length; c++)
        {
            var line = new LineSeries { Color = Palette.Series(c), StrokeThickness = 1.2 };
            line.Points.AddRange(curves[c].Epochs
                .Where(e => double.IsFinite(value(e)) && (axis is not LogarithmicAxis || value(e) > 0))
                .Select(e => new DataPoint(e.Epoch, value(e))));
            model.Series.Add(line);
            legend.Add(new LegendEntry(curves[c].Name, Palette.SeriesName(c), "line"));
        }

        return new Figure(title, SvgChart.Draw(model, "curve-" + id, title, 460, 230), curves.Length > 1 ? legend : []);
    }
}
