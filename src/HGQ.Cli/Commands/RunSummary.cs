using System.Globalization;
using System.IO;
using System.Text;
using HGQ.Cli.Terminal;
using HGQ.Runtime.Training.Runs;

namespace HGQ.Cli.Commands;

/// <summary>The result of a training run: its front, and the point that became the model.</summary>
internal static class RunSummary
{
    public static string Print(RunResult result, string folder)
    {
        var table = new TextTable(">EBOPs", $">validation {result.Score.Name}", ">test", ">non-zero weights", ">epoch", "");
        foreach (FrontPoint point in result.Front)
        {
            table.Add(
                point.Ebops.ToString(CultureInfo.InvariantCulture),
                Figure(result, point.Validation),
                point.Test is { } test ? Figure(result, test) : "-",
                point.NonZero.ToString(CultureInfo.InvariantCulture),
                point.Epoch.ToString(CultureInfo.InvariantCulture),
                ReferenceEquals(point, result.Chosen) ? "chosen" : "");
        }

        return new StringBuilder(table.ToString())
            .Append(CultureInfo.InvariantCulture, $"{result.Front.Count} points of {result.Candidates} candidates in {Path.Combine(folder, "pareto")}\n")
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
