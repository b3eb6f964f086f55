using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace HGQ.Report.Charts;

/// <summary>Histograms.</summary>
internal static class BarChart
{
    private const int Intervals = 40;

    /// <summary>How many elements have how many bits.</summary>
    /// <param name="id">A name that no other chart has.</param>
    /// <param name="what">What the elements are.</param>
    /// <param name="bits">Bits of each element.</param>
    /// <param name="colour">Number of the colour.</param>
    public static Markup OfBits(string id, string what, IReadOnlyList<int> bits, int colour)
    {
        int least = bits.Min(), most = bits.Max();
        PlotModel model = SvgChart.Create(
            ChartAxis.Whole("bits", least, most, labels: 12), new LinearAxis { Minimum = 0, MaximumPadding = 0.05 });
        var series = new RectangleBarSeries { FillColor = Palette.Series(colour), StrokeThickness = 0 };
        foreach (IGrouping<int, int> group in bits.GroupBy(static b => b).OrderBy(static g => g.Key))
        {
            series.Items.Add(new RectangleBarItem(group.Key - 0.4, 0, group.Key + 0.4, group.Count()));
        }

        model.Series.Add(series);
        return SvgChart.Draw(model, id, $"{what} by their bits", 320, 190);
    }

    /// <summary>How many values lie in each of some equal intervals.</summary>
    /// <param name="id">A name that no other chart has.</param>
    /// <param name="title">What the values are.</param>
    /// <param name="values">The values, one at least.</param>
    public static Markup OfValues(string id, string title, IReadOnlyList<double> values)
    {
        double least = values.Min(), most = values.Max(), width = most > least ? (most - least) / Intervals : 1;
        var counts = new int[Intervals];
        foreach (double value in values)
        {
            counts[System.Math.Clamp((int)((value - least) / width), 0, Intervals - 1)]++;
        }

        PlotModel model = SvgChart.Create(
            new LinearAxis { Title = title, Minimum = least, Maximum = least + (Intervals * width) },
            new LinearAxis { Minimum = 0, MaximumPadding = 0.05 });
        var series = new RectangleBarSeries { FillColor = Palette.Series(0), StrokeThickness = 0 };
        for (int n = 0; n < Intervals; n++)
        {
            if (counts[n] > 0)
            {
                series.Items.Add(new RectangleBarItem(least + (n * width), 0, least + ((n + 1) * width), counts[n]));
            }
        }

        model.Series.Add(series);
        return SvgChart.Draw(model, id, title, 460, 260);
    }
}
