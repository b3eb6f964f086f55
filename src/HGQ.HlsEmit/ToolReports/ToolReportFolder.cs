using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HGQ.HlsEmit.ToolReports;

/// <summary>The reports that the vendor's tools left in a project, beside what the emission estimated.</summary>
/// <param name="Model">Name of the model; null where the folder holds no emission.</param>
/// <param name="Top">Name of the top function.</param>
/// <param name="EstimatedLuts">LUTs by report.json.</param>
/// <param name="EstimatedDsps">DSPs by report.json.</param>
/// <param name="Reports">One report a step, in the order of the steps.</param>
public sealed record ToolReportFolder(string? Model, string? Top, long? EstimatedLuts, long? EstimatedDsps,
    IReadOnlyList<ToolReport> Reports)
{
    private const int DeepestFolder = 16;

    private static readonly EnumerationOptions Search = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DeepestFolder,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Looks for reports of Vivado HLS 2019.2 to Vitis 2025 below a project's folder; of several of a step, the newest file
    /// counts.</summary>
    /// <exception cref="HlsEmitException">The folder is not there, or a report cannot be read.</exception>
    public static ToolReportFolder Read(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory))
        {
            throw new HlsEmitException($"The folder '{directory}' does not exist; name the folder of an emitted HLS project.");
        }

        var (model, top, luts, dsps) = Estimate(Path.Combine(directory, "report.json"));
        var reports = Directory.EnumerateFiles(directory, "*", Search)
            .Select(path => (Path: path, Report: Of(path, Path.GetRelativePath(directory, path).Replace('\\', '/'), top)))
            .Where(found => found.Report is not null)
            .GroupBy(found => found.Report!.Stage)
            .OrderBy(stage => stage.Key)
            .Select(stage => stage.OrderByDescending(found => Rank(found.Report!))
                .ThenByDescending(found => File.GetLastWriteTimeUtc(found.Path))
                .ThenBy(found => found.Path, StringComparer.Ordinal).First().Report!)
            .ToArray();
        return new ToolReportFolder(model, top, luts, dsps, reports);
    }

    // A report with a clock says more than a table of cells alone; routed counts before placed.
    private static int Rank(ToolReport report) =>
        (report.Clock is null ? 0 : 2) + (report.File.Contains("routed", StringComparison.OrdinalIgnoreCase) ? 1 : 0);

    private static ToolReport? Of(string path, string name, string? top)
    {
        var file = Path.GetFileName(path);
        return Path.GetExtension(file).ToLowerInvariant() switch
        {
            // Every function has one of its own; the whole design's is called after the top function, or csynth.xml.
            ".xml" when file == "csynth.xml" || (top is not null && file == top + "_csynth.xml") => ReportXml.CSynthesis(path, name),
            ".xml" when file.Contains("export", StringComparison.Ordinal) => ReportXml.Export(path, name),
            ".rpt" when file.StartsWith("export_", StringComparison.Ordinal) || file.EndsWith("_export.rpt", StringComparison.Ordinal) =>
                ReportTable.Export(path, name),
            ".rpt" when file.EndsWith("_cosim.rpt", StringComparison.Ordinal) => ReportTable.Cosimulation(path, name),
            ".rpt" when file.Contains("utilization", StringComparison.Ordinal)
                || file.StartsWith("vivado_synth", StringComparison.Ordinal) => ReportTable.Utilization(path, name),
            _ => null,
        };
    }

    private static (string? Model, string? Top, long? Luts, long? Dsps) Estimate(string path)
    {
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out var format)
                && format.ValueEquals("hgq-hls-report")
                ? (root.GetProperty("model").GetString(), root.GetProperty("top").GetString(), root.GetProperty("luts").GetInt64(),
                    root.GetProperty("dsps").GetInt64())
                : default;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HlsEmitException($"The file '{path}' is no report of an emission: {error.Message} Emit the project again.", error);
        }
    }
}
