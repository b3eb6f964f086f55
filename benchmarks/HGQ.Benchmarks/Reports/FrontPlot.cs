using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace HGQ.Benchmarks.Reports;

/// <summary>Fronts as a picture (SVG): validation accuracy against EBOPs, the cost on a logarithmic axis.</summary>
internal sealed class FrontPlot
{
    private const int Width = 780, Height = 400, Left = 60, Right = 40, Top = 36, Bottom = 50;
    private static readonly string[] Colors = ["#c5221f", "#1a73e8", "#188038", "#e37400", "#9334e6"];
    private readonly StringBuilder _svg = new();
    private readonly double _cheapest, _dearest, _worst, _best;

    private FrontPlot(IReadOnlyList<double> budgets, IReadOnlyList<Front> fronts)
    {
        _cheapest = budgets.Min();
        _dearest = budgets.Max();
        var shown = fronts.SelectMany(front => budgets.Select(front.Within)).OfType<FrontPoint>().Select(point => point.Validation).ToArray();
        double step = shown.Max() - shown.Min() > 20 ? 10 : 1;
        _worst = Math.Floor(shown.Min() / step) * step;
        _best = Math.Min(100, Math.Ceiling((shown.Max() + (step / 10)) / step) * step);
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Line($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        WriteAxes(budgets, step);
        for (var n = 0; n < fronts.Count; n++)
        {
            WriteFront(fronts[n], Colors[n % Colors.Length], n);
        }

        Line($"</svg>");
    }

    /// <summary>Writes the picture of the part between the smallest and the largest budget.</summary>
    public static void Write(string file, double[] budgets, Front[] fronts) => File.WriteAllText(file, new FrontPlot(budgets, fronts)._svg.ToString());

    private double X(double ebops) => Left + ((Width - Left - Right) * Math.Log(ebops / _cheapest) / Math.Log(_dearest / _cheapest));

    private double Y(double percent) => Height - Bottom - ((Height - Top - Bottom) * (percent - _worst) / (_best - _worst));

    private void WriteAxes(IReadOnlyList<double> budgets, double step)
    {
        for (double percent = _worst; percent <= _best; percent += step)
        {
            Line($"<line x1=\"{Left}\" y1=\"{Y(percent):F1}\" x2=\"{Width - Right}\" y2=\"{Y(percent):F1}\" stroke=\"#ddd\"/>");
            Line($"<text x=\"{Left - 6}\" y=\"{Y(percent) + 4:F1}\" text-anchor=\"end\">{percent:F0} %</text>");
        }

        double last = double.NegativeInfinity;
        foreach (double budget in budgets.Where(budget => X(budget) is var x && x - last >= 48 && (last = x) >= 0))
        {
            Line($"<line x1=\"{X(budget):F1}\" y1=\"{Top}\" x2=\"{X(budget):F1}\" y2=\"{Height - Bottom}\" stroke=\"#eee\"/>");
            Line($"<text x=\"{X(budget):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{budget:N0}</text>");
        }

        Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">EBOPs of the exported integers</text>");
        Line($"<text x=\"{Left}\" y=\"20\">validation accuracy</text>");
    }

    // A budget buys the best point that costs no more: steps, not slopes.
    private void WriteFront(Front front, string color, int number)
    {
        var path = new StringBuilder();
        double best = double.NegativeInfinity;
        foreach (var point in front.Points.Where(point => point.Ebops <= _dearest).OrderBy(point => point.Ebops).Where(point => point.Validation > best))
        {
            if (best >= _worst && point.Ebops >= _cheapest)
            {
                path.Append(CultureInfo.InvariantCulture, $" {X(point.Ebops):F1},{Y(best):F1}");
            }

            best = point.Validation;
            if (best >= _worst)
            {
                path.Append(CultureInfo.InvariantCulture, $" {X(Math.Max(point.Ebops, _cheapest)):F1},{Y(best):F1}");
            }
        }

        path.Append(CultureInfo.InvariantCulture, $" {X(_dearest):F1},{Y(best):F1}");
        Line($"<polyline points=\"{path.ToString().TrimStart()}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{(number == 0 ? 2.6 : 1.6):F1}\"/>");
        double y = Height - Bottom - 12 - (18 * number);
        Line($"<line x1=\"{Width - Right - 190}\" y1=\"{y - 4:F0}\" x2=\"{Width - Right - 165}\" y2=\"{y - 4:F0}\" stroke=\"{color}\" stroke-width=\"2.6\"/>");
        Line($"<text x=\"{Width - Right - 158}\" y=\"{y:F0}\">{front.Label}</text>");
    }

    private void Line(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
