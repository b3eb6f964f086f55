using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using HGQ.Benchmarks.Inference.Engines;

namespace HGQ.Benchmarks.Reports;

/// <summary>Writes a run's <see cref="SummaryFile"/> beside BenchmarkDotNet's own reports.</summary>
internal sealed class SummaryExporter : ExporterBase
{
    /// <inheritdoc/>
    protected override string FileExtension => "json";

    /// <inheritdoc/>
    protected override string FileNameSuffix => SummaryFile.Suffix;

    /// <inheritdoc/>
    public override void ExportToLog(Summary summary, ILogger logger)
    {
        string processor = summary.HostEnvironmentInfo.Cpu.Value?.ProcessorName ?? "unknown processor";
        string vectors = Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128-bit vectors";
        string machine = FormattableString.Invariant($"{processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {vectors}");
        var cases = summary.Reports.Where(report => report.ResultStatistics is not null).Select(Case);
        logger.Write(new SummaryFile(machine, [.. cases]).ToJson());
    }

    private static SummaryCase Case(BenchmarkReport report)
    {
        var benchmark = report.BenchmarkCase;
        var statistics = report.ResultStatistics!;
        string? engine = benchmark.Parameters["Engine"] as string;
        var parameters = benchmark.Parameters.Items.Where(parameter => parameter.Name != "Engine").OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => FormattableString.Invariant($" {parameter.Name}={parameter.Value}"));
        return new SummaryCase(
            benchmark.Descriptor.Type.Name + string.Concat(parameters),
            engine ?? benchmark.Descriptor.WorkloadMethod.Name,
            engine is null ? benchmark.Descriptor.Baseline : engine == InferenceEngines.Reference,
            Math.Round(statistics.Median, 2),
            Math.Round(statistics.InterquartileRange / 2 / statistics.Median, 4),
            report.GcStats.GetBytesAllocatedPerOperation(benchmark) ?? 0);
    }
}
