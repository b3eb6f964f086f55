using System.Globalization;
using HGQ.Report.Runs;

namespace HGQ.Report.Text;

/// <summary>Numbers as they stand on the page, in every culture alike.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "–";

    /// <summary>A count.</summary>
    public static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>EBOPs, exact; fractions of them come from positions that share hardware.</summary>
    public static string Ebops(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A real number of a few digits.</summary>
    public static string Real(double number) => number.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A score as <c>hgq train</c> prints it.</summary>
    public static string Score(RunRecord run, double score) => run.IsAccuracy
        ? (score * 100).ToString("F2", CultureInfo.InvariantCulture) + " %"
        : Real(score);

    /// <summary>A score with its standard error, where there is one.</summary>
    public static string Score(RunRecord run, double? score, double? error) => score is not { } number ? None
        : error is { } deviation ? $"{Score(run, number)} ± {Score(run, deviation)}"
        : Score(run, number);

    /// <summary>A coordinate or size of a picture.</summary>
    public static string Size(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
