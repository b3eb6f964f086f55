using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HGQ.Benchmarks.Reports;

/// <summary>A point of a front: cost and accuracies in percent of exported integers.</summary>
internal sealed record FrontPoint(double Ebops, double Validation, double Test);

/// <summary>The points of accuracy against EBOPs of one training run.</summary>
internal sealed record Front(string Label, FrontPoint[] Points)
{
    /// <summary>
    /// Reads <c>LABEL=FILE</c>: a <c>summary.json</c> of <c>hgq train</c>, or a file with the runs of other systems, of which the one
    /// of that label is taken.
    /// </summary>
    public static Front Read(string argument)
    {
        if (argument.Split('=', 2) is not [var label, var file])
        {
            throw new ArgumentException($"'{argument}' is not LABEL=FILE.", nameof(argument));
        }

        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var run = document.RootElement;
        bool others = run.TryGetProperty("runs", out var runs);
        if (others)
        {
            run = runs.EnumerateArray().SingleOrDefault(one => one.GetProperty("label").ValueEquals(label));
            if (run.ValueKind == JsonValueKind.Undefined)
            {
                throw new ArgumentException($"{file} has no run '{label}'.", nameof(argument));
            }
        }

        var (validation, test) = others ? ("val", "test") : ("validation", "test");
        return new Front(label, [.. run.GetProperty("front").EnumerateArray().Select(point => new FrontPoint(
            point.GetProperty("ebops").GetDouble(), 100 * point.GetProperty(validation).GetDouble(), 100 * point.GetProperty(test).GetDouble()))]);
    }

    /// <summary>The point of the best validation accuracy within a budget, the cheaper of equal ones; null where there is none.</summary>
    public FrontPoint? Within(double ebops)
        => Points.Where(point => point.Ebops <= ebops).OrderByDescending(point => point.Validation).ThenBy(point => point.Ebops).FirstOrDefault();
}
