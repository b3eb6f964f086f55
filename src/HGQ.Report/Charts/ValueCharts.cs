using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Contents;
using HGQ.Report.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace HGQ.Report.Charts;

/// <summary>The best model of each of some tasks.</summary>
/// <param name="Value">The value of the parameter, or a range of them.</param>
/// <param name="Best">The best model of each task.</param>
internal sealed record ValueTasks(string Value, IReadOnlyList<SweepModelRecord> Best);

/// <summary>What the values of a parameter did.</summary>
internal static class ValueCharts
{
    private const int MostRows = 24;
    private const int MostColours = 6;
    private const int MostPoints = 2000;
    private const int Width = 400;
    private const double LabelWidth = 118;

    /// <summary>The best model of each task by the value that the task had: score, and EBOPs.</summary>
    /// <param name="id">A name that no other parameter has.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="values">Its values.</param>
    /// <param name="isAccuracy">Whether the score is a share.</param>
    /// <param name="score">What models are judged by.</param>
    public static IReadOnlyList<Figure> Of(
        string id, string parameter, IReadOnlyList<ValueTasks> values, bool isAccuracy, string score)
    {
        double factor = isAccuracy ? 100 : 1;
        ValueTasks[] shown = [.. values.Take(MostRows)];
        string note = shown.Length == values.Count ? "" : FormattableString.Invariant($"The first {MostRows} of {values.Count} values.");
        double[] ebops = [.. shown.SelectMany(static value => value.Best).Select(static model => (double)model.Ebops)];
        string what = $"Best validation {score}{(isAccuracy ? " in %" : "")} of each task by {parameter}";
        string cost = $"EBOPs of each task's best model by {parameter}";
        LegendEntry[] legend =
            [new("a task", Palette.SeriesName(0), "dot"), new("median", Palette.SeriesName(1), "square")];
        return
        [
            new Figure(what, Rows(id + "-score", what, ChartAxis.Score(), shown, model => factor * model.Validation), legend, note),
            new Figure(cost, Rows(id + "-ebops", cost, ChartAxis.Cost(null, ebops), shown, static model => model.Ebops), legend, note),
        ];
    }

    /// <summary>All models, coloured by the value that their task had.</summary>
    /// <param name="id">A name that no other parameter has.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="values">Its values with the models of their tasks.</param>
    /// <param name="isAccuracy">Whether the score is a share.</param>
    /// <param name="score">What models are judged by.</param>
    /// <returns>The picture; null where there are more values than colours, or one only.</returns>
    public static Figure? Coloured(
        string id,
        string parameter,
        IReadOnlyList<(string Value, IReadOnlyList<SweepModelRecord> Models)> values,
        bool isAccuracy,
        string score)
    {
        if (values.Count is < 2 or > MostColours)
        {
            return null;
        }

        double factor = isAccuracy ? 100 : 1;
        int every = ((values.Sum(static value => value.Models.Count) - 1) / MostPoints) + 1;
        LinearAxis vertical = ChartAxis.Score();
        (vertical.MinimumPadding, vertical.MaximumPadding) = (0.06, 0.06);
        PlotModel model = SvgChart.Create(
            ChartAxis.Cost("EBOPs", [.. values.SelectMany(static value => value.Models).Select(static m => (double)m.Ebops)]), vertical);
        for (int n = 0; n < values.Count; n++)
        {
            var series = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2.6, MarkerFill = Palette.Series(n) };
            series.Points.AddRange(values[n].Models.Where((_, m) => m % every == 0)
                .Select(m => new ScatterPoint(m.Ebops, factor * m.Validation)));
            model.Series.Add(series);
        }

        string title = $"Validation {score}{(isAccuracy ? " in %" : "")} of all models against EBOPs, coloured by {parameter}";
        LegendEntry[] legend = [.. values.Select(static (value, n) => new LegendEntry(value.Value, Palette.SeriesName(n), "dot"))];
        string note = every == 1 ? "" : FormattableString.Invariant($"Every {every}th model is shown.");
        return new Figure(title, SvgChart.Draw(model, id + "-models", title, (2 * Width) + 40, 320), legend, note);
    }

    // Values beside the rows, the first on top.
    private static Markup Rows(
        string id, string title, Axis horizontal, IReadOnlyList<ValueTasks> values, Func<SweepModelRecord, double> number)
    {
        (horizontal.MinimumPadding, horizontal.MaximumPadding) = (0.06, 0.06);
        var names = new LinearAxis
        {
            Minimum = 0.4,
            Maximum = values.Count + 0.6,
            MajorStep = 1,
            MinorStep = 1,
            StartPosition = 1,
            EndPosition = 0,
            LabelFormatter = value => value >= 1 && value <= values.Count ? PlainText.Short(values[(int)value - 1].Value, 13) : "",
        };
        PlotModel model = SvgChart.Create(horizontal, names);
        model.PlotMargins = new OxyThickness(LabelWidth, double.NaN, double.NaN, double.NaN);
        var tasks = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 3, MarkerFill = Palette.Series(0) };
        var middles = new ScatterSeries { MarkerType = MarkerType.Square, MarkerSize = 4.5, MarkerFill = Palette.Series(1) };
        for (int row = 0; row < values.Count; row++)
        {
            double[] numbers = [.. values[row].Best.Select(number).Order()];
            int every = ((numbers.Length - 1) / (MostPoints / MostRows)) + 1;
            tasks.Points.AddRange(numbers.Where((_, n) => n % every == 0).Select(value => new ScatterPoint(value, row + 1)));
            middles.Points.Add(new ScatterPoint(Median(numbers), row + 1));
        }

        model.Series.Add(middles);
        model.Series.Add(tasks);
        return SvgChart.Draw(model, id, title, Width, 62 + (26 * values.Count));
    }

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    /// <param name="sorted">Numbers in their order, one at least.</param>
    public static double Median(IReadOnlyList<double> sorted) =>
        (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
