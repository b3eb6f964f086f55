using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OxyPlot.Axes;

namespace HGQ.Report.Charts;

/// <summary>Axes as the charts of the page have them.</summary>
internal static class ChartAxis
{
    // Below this ratio a logarithmic axis has too few labels.
    private const double LeastDecade = 3;

    /// <summary>An axis for costs and rates: logarithmic where they span orders of magnitude.</summary>
    /// <param name="title">What it shows; null where the title of the picture says it.</param>
    /// <param name="values">Values that are shown; those that are not positive are not on a logarithmic axis.</param>
    public static Axis Cost(string? title, IReadOnlyList<double> values)
    {
        double[] positive = [.. values.Where(static v => v > 0 && double.IsFinite(v))];
        if (positive.Length == 0 || positive.Max() / positive.Min() < LeastDecade)
        {
            return new LinearAxis { Title = title, LabelFormatter = Label, MaximumPadding = 0.05, MinimumPadding = 0.05 };
        }

        return new LogarithmicAxis
        {
            Title = title,
            LabelFormatter = Label,
            Minimum = positive.Min() / 1.15,
            Maximum = positive.Max() * 1.15,
        };
    }

    /// <summary>An axis for scores.</summary>
    public static LinearAxis Score() => new() { LabelFormatter = Label };

    /// <summary>An axis for whole numbers.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="least">Least number.</param>
    /// <param name="most">Greatest number.</param>
    /// <param name="labels">Labels at most.</param>
    public static LinearAxis Whole(string title, int least, int most, int labels = 16)
    {
        int step = Math.Max(1, (int)Math.Ceiling((most - least + 1) / (double)labels));
        return new LinearAxis
        {
            Title = title,
            Minimum = least - 0.6,
            Maximum = most + 0.6,
            MajorStep = step,
            MinorStep = step,
            LabelFormatter = Label,
        };
    }

    private static string Label(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 or < 1e-3 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1e6 => (value / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
