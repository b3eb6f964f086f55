using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HGQ.Report.Runs;

/// <summary>Reads the folder of a finished run, as <c>hgq train</c> and <c>hgq trim</c> write it. Nothing of it is changed.</summary>
public static class RunReader
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly string RequestName = Path.Combine("checkpoint", "run.json");

    /// <summary>Reads it. Members that older versions did not write may be missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ReportException">There is no run, it has not ended, or one of its files is damaged.</exception>
    public static RunRecord Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        RequireFinished(folder);
        string requestPath = Path.Combine(folder, RequestName), summaryPath = Path.Combine(folder, "summary.json");
        JsonNode request = Parse(requestPath), summary = Parse(summaryPath);
        RunRecord record = Checked(summaryPath, () => Summary(summary));
        ulong seed = record.Seed;
        return Checked(requestPath, () => record with
        {
            DataHash = (string?)request["dataHash"],
            Target = (string?)request["target"] is { } target ? Path.GetFileName(target) : null,
            Recipe = request["recipe"]!.ToJsonString(Indented),
            Description = (string?)request["description"]?["text"],
            Command = Strings(request["command"]),
            Candidates = RunTables.Candidates(Path.Combine(folder, "candidates.csv")),
            Curves = [.. RunTables.Curves(folder, seed, record.IsAccuracy)],
        });
    }

    private static void RequireFinished(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ReportException(folder, "there is no such folder; name the folder of a run, or a model file");
        }

        if (!File.Exists(Path.Combine(folder, RequestName)))
        {
            throw new ReportException(folder, "not the folder of a run; name one that hgq train or hgq trim wrote, or a model file");
        }

        if (!File.Exists(Path.Combine(folder, "summary.json")))
        {
            throw new ReportException(folder, $"the run has not ended, there is no summary.json; go on with: hgq train --resume {folder}");
        }
    }

    private static RunRecord Summary(JsonNode summary)
    {
        JsonArray front = summary["front"]!.AsArray();
        string? chosen = (string?)summary["chosen"]!["file"];
        RunPoint[] points = [.. front.Select(static point => Point(point!))];
        return new RunRecord
        {
            Title = (string?)summary["title"] ?? "",
            Data = (string?)summary["data"] ?? "",
            Seed = (ulong)summary["seed"]!,
            Score = (string)summary["score"]!,
            Rows = summary["rows"] is { } rows
                ? new RowCounts((int)rows["training"]!, (int)rows["validation"]!, (int)rows["test"]!)
                : null,
            Front = points,
            Chosen = Array.FindIndex(points, point => point.File == chosen),
            Recipe = "",
            Warnings = Strings(summary["warnings"]),
            Versions = summary["versions"] is JsonObject versions
                ? [.. versions.Where(static v => v.Value is not null).Select(static v => (v.Key, (string)v.Value!))]
                : [],
        };
    }

    private static RunPoint Point(JsonNode point) => new(
        (long)point["ebops"]!,
        (double)point["validation"]!,
        (double?)point["validationError"],
        (double?)point["test"],
        (double?)point["testError"],
        (int)point["nonZeroWeights"]!,
        (string?)point["origin"] ?? FormattableString.Invariant($"epoch {(int)point["epoch"]! + 1}"),
        (string)point["file"]!);

    private static string[] Strings(JsonNode? list) => list is JsonArray array ? [.. array.Select(static text => (string)text!)] : [];

    private static JsonNode Parse(string path) => Checked(
        path, () => JsonNode.Parse(File.ReadAllText(path)) ?? throw new FormatException("null"));

    private static T Checked<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException
            or OverflowException or InvalidCastException)
        {
            string place = e is JsonException { LineNumber: { } line } ? FormattableString.Invariant($" (line {line + 1})") : "";
            throw new ReportException(path, $"damaged{place}, a run wrote it otherwise; train anew, or report a single model file", e);
        }
        catch (IOException e)
        {
            throw new ReportException(path, e.Message, e);
        }
    }
}
