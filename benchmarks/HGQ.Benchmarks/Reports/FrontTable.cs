using System.Globalization;
using System.IO;
using System.Linq;

namespace HGQ.Benchmarks.Reports;

/// <summary>Fronts side by side, budget by budget: validation / test % (EBOPs of the point).</summary>
internal static class FrontTable
{
    public static void Print(double[] budgets, Front[] fronts, TextWriter output)
    {
        output.WriteLine("| EBOPs ≤ | " + string.Join(" | ", fronts.Select(front => front.Label)) + " |");
        output.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", fronts.Length)));
        foreach (double budget in budgets)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {budget:N0} | {string.Join(" | ", fronts.Select(front => Cell(front.Within(budget))))} |"));
        }
    }

    private static string Cell(FrontPoint? point)
        => point is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{point.Validation:F2} / {point.Test:F2} ({point.Ebops:N0})");
}
