using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Benchmarks.Inference;
using HGQ.Benchmarks.Inference.Engines;

namespace HGQ.Benchmarks.Reports;

/// <summary>Inference figures as a table for a document: nanoseconds a sample, a column for each engine.</summary>
internal static class InferenceTable
{
    public static void Print(SummaryFile summary, TextWriter output)
    {
        string[] engines = [.. InferenceEngines.Names];
        output.WriteLine(summary.Machine + "\n");
        output.WriteLine("| model, batch, threads | " + string.Join(" | ", engines) + " |");
        output.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", engines.Length)));
        var groups = summary.Cases.Where(one => one.Group.StartsWith(nameof(InferenceBenchmarks), StringComparison.Ordinal)).ToLookup(one => one.Group);
        foreach (var group in from model in InferenceModel.All
                              from threads in new[] { 1, 2 }
                              from batch in new[] { 1, 64, 256, 1024, 65536 }
                              let key = FormattableString.Invariant($"{nameof(InferenceBenchmarks)} Batch={batch} Model={model.Name} Threads={threads}")
                              where groups.Contains(key)
                              select (Cases: groups[key], Batch: batch, Title: FormattableString.Invariant($"{model.Name}, {batch}, {threads}")))
        {
            var cells = engines.Select(engine => group.Cases.SingleOrDefault(one => one.Name == engine) is { } found ? Cell(found, group.Batch) : "–");
            output.WriteLine($"| {group.Title} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(SummaryCase one, int batch)
    {
        double nanoseconds = one.Nanoseconds / batch;
        string spread = one.Spread > 0.1 ? string.Create(CultureInfo.InvariantCulture, $" ± {one.Spread:P0}") : string.Empty;
        return nanoseconds.ToString(nanoseconds < 100 ? "F1" : "N0", CultureInfo.InvariantCulture) + spread;
    }
}
