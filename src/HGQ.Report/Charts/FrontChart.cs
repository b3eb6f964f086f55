using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Runs;
using HGQ.Report.Text;
using OxyPlot;
using OxyPlot.Series;

namespace HGQ.Report.Charts;

/// <summary>The front: a cost against the score, with the candidates of all seeds, standard errors and the chosen point.</summary>
internal static class FrontChart
{
    private const int MostSeeds = 4;
    private const int MostPoints = 2000;

    /// <summary>EBOPs against the score.</summary>
    /// <param name="run">The run.</param>
    /// <param name="others">What the points are called that the front was chosen from.</param>
    public static Figure OfEbops(RunRecord run, string others = "candidates")
    {
        (double least, double most) = Range(run, run.Front);
        double factor = run.IsAccuracy ? 100 : 1;
        RunCandidate[] shown = [.. run.Candidates.Where(c => c.Validation >= least && c.Validation <= most)];
        PlotModel model = Create(
            run, "EBOPs", [.. shown.Select(static c => (double)c.Ebops), .. run.Front.Select(static p => (double)p.Ebops)], least, most);
        List<LegendEntry> legend = [];
        IGrouping<string, RunCandidate>[] seeds = [.. shown.GroupBy(SeedOf)];
        for (int s = 0; s < seeds.Length; s++)
        {
            bool own = seeds.Length is > 1 and <= MostSeeds;
            var series = new ScatterSeries
            {
                MarkerType = MarkerType.Circle,
                MarkerSize = 1.8,
                MarkerFill = own ? Palette.Series(2 + s) : Palette.Faint,
            };
            series.Points.AddRange(Thinned([.. seeds[s]]).Select(c => new ScatterPoint(c.Ebops, factor * c.Validation)));
            model.Series.Add(series);
            if (own || s == 0)
            {
                legend.Add(new LegendEntry(
                    own ? $"{others} of {seeds[s].Key}" : others, own ? Palette.SeriesName(2 + s) : "faint", "dot"));
            }
        }

        legend.AddRange(AddFront(model, run, run.Front, static p => p.Ebops, run.Chosen));
        int hidden = run.Candidates.Count - shown.Length;
        string note = hidden == 0 ? "" : FormattableString.Invariant(
            $"Outside of the picture, with a worse {run.Score}: {hidden} of {run.Candidates.Count} {others}.");
        return new Figure(TitleOf(run, "EBOPs"), SvgChart.Draw(model, "front", TitleOf(run, "EBOPs"), 720, 400), legend, note);
    }

    /// <summary>LUTs against the score, of the points that were counted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="luts">LUTs by file of the point; two at least.</param>
    public static Figure OfLuts(RunRecord run, IReadOnlyDictionary<string, int> luts)
    {
        RunPoint[] points = [.. run.Front.Where(p => luts.ContainsKey(p.File)).OrderBy(p => luts[p.File])];
        (double least, double most) = Range(run, points);
        PlotModel model = Create(run, "LUTs", [.. points.Select(p => (double)luts[p.File])], least, most);
        int chosen = run.Chosen < 0 ? -1 : Array.IndexOf(points, run.Front[run.Chosen]);
        IReadOnlyList<LegendEntry> legend = AddFront(model, run, points, p => luts[p.File], chosen);
        string note = points.Length == run.Front.Count ? "" : FormattableString.Invariant(
            $"LUTs were counted for {points.Length} of {run.Front.Count} points.");
        return new Figure(TitleOf(run, "LUTs"), SvgChart.Draw(model, "luts", TitleOf(run, "LUTs"), 720, 320), legend, note);
    }

    private static string TitleOf(RunRecord run, string cost) =>
        $"Validation and test {run.Score}{(run.IsAccuracy ? " in %" : "")} against {cost}";

    private static PlotModel Create(RunRecord run, string cost, IReadOnlyList<double> costs, double least, double most)
    {
        double factor = run.IsAccuracy ? 100 : 1;
        var score = ChartAxis.Score();
        (score.Minimum, score.Maximum) = (factor * least, factor * most);
        return SvgChart.Create(ChartAxis.Cost(cost, costs), score);
    }

    private static List<LegendEntry> AddFront(
        PlotModel model, RunRecord run, IReadOnlyList<RunPoint> points, Func<RunPoint, double> cost, int chosen)
    {
        double factor = run.IsAccuracy ? 100 : 1;
        List<LegendEntry> legend = [];
        if (points.Any(static p => p.Test is not null))
        {
            Add(static p => p.Test, static p => p.TestError, 1, MarkerType.Square, LineStyle.None);
            legend.Add(new LegendEntry("test", Palette.SeriesName(1), "square"));
        }

        Add(static p => p.Validation, static p => p.ValidationError, 0, MarkerType.Circle, LineStyle.Solid);
        legend.Insert(0, new LegendEntry("validation, the front", Palette.SeriesName(0), "dot"));
        if (chosen >= 0)
        {
            var ring = new ScatterSeries
            {
                MarkerType = MarkerType.Circle,
                MarkerSize = 8,
                MarkerFill = OxyColors.Undefined,
                MarkerStroke = Palette.Ink,
                MarkerStrokeThickness = 1.5,
            };
            ring.Points.Add(new ScatterPoint(cost(points[chosen]), factor * points[chosen].Validation));
            model.Series.Add(ring);
            legend.Add(new LegendEntry("chosen", "ink", "ring"));
        }

        return legend;

        void Add(Func<RunPoint, double?> score, Func<RunPoint, double?> error, int colour, MarkerType marker, LineStyle line)
        {
            var path = new LineSeries { Color = Palette.Series(colour), StrokeThickness = 1.2, LineStyle = line, MinimumSegmentLength = 0 };
            var marks = new ScatterErrorSeries
            {
                MarkerType = marker,
                MarkerSize = 3.5,
                MarkerFill = Palette.Series(colour),
                ErrorBarColor = Palette.Series(colour),
                ErrorBarStopWidth = 3,
            };
            foreach (RunPoint point in points.Where(p => score(p) is not null))
            {
                path.Points.Add(new DataPoint(cost(point), factor * score(point)!.Value));
                marks.Points.Add(new ScatterErrorPoint(
                    cost(point), factor * score(point)!.Value, 0, 2 * factor * (error(point) ?? 0)));
            }

            if (line != LineStyle.None)
            {
                model.Series.Add(path);
            }

            model.Series.Add(marks);
        }
    }

    // All of the front with its errors; candidates that are far worse are left out.
    private static (double Least, double Most) Range(RunRecord run, IReadOnlyList<RunPoint> points)
    {
        IEnumerable<double> ends = points.SelectMany(static p => new[]
        {
            p.Validation - (p.ValidationError ?? 0), p.Validation + (p.ValidationError ?? 0),
            (p.Test ?? p.Validation) - (p.TestError ?? 0), (p.Test ?? p.Validation) + (p.TestError ?? 0),
        });
        double least = ends.Min(), most = ends.Max();
        double margin = Math.Max(0.08 * (most - least), run.IsAccuracy ? 1e-4 : 1e-6 * Math.Abs(most));
        return (Math.Max(0, least - margin), run.IsAccuracy ? Math.Min(1 + (margin / 4), most + margin) : most + margin);
    }

    // A picture of more points says no more and is slow to open.
    private static IEnumerable<RunCandidate> Thinned(IReadOnlyList<RunCandidate> candidates)
    {
        int every = ((candidates.Count - 1) / MostPoints) + 1;
        return candidates.Where((_, n) => n % every == 0);
    }

    private static string SeedOf(RunCandidate candidate) =>
        candidate.Origin.StartsWith("seed ", StringComparison.Ordinal) ? PlainText.Clean(candidate.Origin.Split(',')[0]) : "";
}
