using System;
using System.Globalization;
using System.Linq;
using System.Text;
using static System.FormattableString;

namespace HGQ.Model.Verification;

/// <summary>Prints a comparison as the table that <c>hgq verify</c> shows.</summary>
public static class ComparisonTable
{
    private const int NarrowestName = 11;

    /// <summary>A line an engine, the first difference if there is one, and the summary; lines end with <c>\n</c>.</summary>
    public static string Print(ComparisonReport report)
    {
        int width = Math.Max(NarrowestName, report.Engines.Max(engine => engine.Name.Length));
        var text = new StringBuilder();
        text.Append("engine".PadRight(width)).Append("  samples  elements  mismatches  time\n");
        foreach (var engine in report.Engines)
        {
            text.Append(engine.Name.PadRight(width)).Append(engine.Skipped is null ? Figures(engine) : "  skipped: " + engine.Skipped).Append('\n');
        }

        if (report.FirstDifference is not null)
        {
            text.Append("first difference: ").Append(report.FirstDifference).Append('\n');
        }

        return text.Append(report.Summary).Append('\n').ToString();
    }

    private static string Figures(EngineReport engine)
        => Invariant($"  {engine.Samples,7}  {engine.Elements,8}  {engine.Mismatches,10}  ") + engine.Time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
