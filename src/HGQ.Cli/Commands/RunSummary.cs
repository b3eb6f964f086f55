using System.Globalization;
using System.IO;
using System.Text;
using HGQ.Cli.Terminal;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Runs;

namespace HGQ.Cli.Commands;

/// <summary>The result of a training run: its front, and the point that became the model.</summary>
internal static class RunSummary
{
    public static string Print(RunResult result, string folder, string? report)
    {
        bool isSearch = result.Chosen.Origin is not null;
        string last = isSearch ? "origin" : ">epoch";
        var table = new TextTable(">EBOPs", $">validation {result.Score.Name}", ">test", ">non-zero weights", last, "");
        foreach (FrontPoint point in result.Front)
        {
            table.Add(
                point.Ebops.ToString(CultureInfo.InvariantCulture),
                Figure(result, point.Validation),
                point.Test is { } test ? Figure(result, test) : "-",
                point.NonZero.ToString(CultureInfo.InvariantCulture),
                point.Origin ?? point.Epoch.ToString(CultureInfo.InvariantCulture),
                ReferenceEquals(point, result.Chosen) ? "chosen" : "");
        }

        double error = PointSelection.StandardError(result.Chosen.Validation, result.ValidationRows);
        string chosen = $"{Figure(result, result.Chosen.Validation)} ± {Figure(result, error)} (one standard error)";
        return new StringBuilder(table.ToString())
            .Append(isSearch ? $"validation of the chosen point: {chosen}\n" : "")
            .Append(CultureInfo.InvariantCulture, $"{result.Front.Count} points of {result.Candidates} candidates in {Path.Combine(folder, "pareto")}\n")
            .Append(report is null ? "" : $"report: {report}\n")
            .Append(CultureInfo.InvariantCulture, $"model: {Path.Combine(folder, "model.hgq.json")}\n")
            .ToString();
    }

    private static string Figure(RunResult result, double score)
    {
        double shown = result.Score.Displayed(score);
        return result.Score.Name == "accuracy"
            ? (shown * 100).ToString("F2", CultureInfo.InvariantCulture) + " %"
            : shown.ToString("G5", CultureInfo.InvariantCulture);
    }
}
