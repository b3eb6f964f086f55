using System.Collections.Generic;
using System.Globalization;
using OxyPlot;

namespace HGQ.Report.Charts;

/// <summary>
/// Colours of charts by what they are for. A chart is drawn with colours that nobody sees; <see cref="SvgChart"/> writes variables of the
/// style sheet in their place, which are others where the page is dark.
/// </summary>
internal static class Palette
{
    private static readonly string[] Names = ["ink", "muted", "grid", "faint", "s1", "s2", "s3", "s4", "s5", "s6"];

    /// <summary>Text and marks that must be seen.</summary>
    public static OxyColor Ink => Of(0);

    /// <summary>Labels of axes.</summary>
    public static OxyColor Muted => Of(1);

    /// <summary>Lines of the grid.</summary>
    public static OxyColor Grid => Of(2);

    /// <summary>Points in the background.</summary>
    public static OxyColor Faint => Of(3);

    /// <summary>Colours of series; after the last one the first comes again.</summary>
    public static OxyColor Series(int number) => Of(4 + (number % 6));

    /// <summary>The name of such a colour in the style sheet, for legends.</summary>
    public static string SeriesName(int number) => Names[4 + (number % 6)];

    /// <summary>What is written in place of each colour.</summary>
    public static IEnumerable<(string Colour, string Variable)> Replacements()
    {
        for (int n = 0; n < Names.Length; n++)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"rgb(7,7,{n + 1})"), $"var(--{Names[n]})");
        }
    }

    private static OxyColor Of(int number) => OxyColor.FromRgb(7, 7, (byte)(number + 1));
}
