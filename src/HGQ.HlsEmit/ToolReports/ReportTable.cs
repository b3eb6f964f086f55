using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace HGQ.HlsEmit.ToolReports;

/// <summary>The reports that are tables of text: <c>report_utilization</c> of Vivado, <c>export_*.rpt</c> and <c>*_cosim.rpt</c> of the
/// HLS tools.</summary>
internal static partial class ReportTable
{
    private const int BramsOfTile = 2;

    /// <summary>A utilization report; null where the file is another one.</summary>
    public static ToolReport? Utilization(string path, string name)
    {
        var rows = Rows(path).Where(cells => cells.Length > 1).ToList();
        return Row("CLB LUTs", "Slice LUTs", "CLB LUTs*", "Slice LUTs*") is not { } luts ? null : new ToolReport(
            name.Contains("routed", StringComparison.OrdinalIgnoreCase) || name.Contains("placed", StringComparison.OrdinalIgnoreCase)
                ? ToolStage.Implementation : ToolStage.Synthesis,
            name,
            Version: File.ReadLines(path).Take(HeadLines).Select(line => VivadoVersion().Match(line))
                .FirstOrDefault(match => match.Success)?.Groups[1].Value,
            Luts: (long)luts,
            FlipFlops: (long?)Row("CLB Registers", "Slice Registers"),
            Dsps: (long?)Row("DSPs", "DSP Slices"),
            Brams: (long?)(Row("Block RAM Tile") * BramsOfTile),
            Urams: (long?)Row("URAM"));

        double? Row(params string[] titles) => rows.Where(cells => titles.Contains(cells[0], StringComparer.Ordinal))
            .Select(cells => Number(cells[1])).FirstOrDefault();
    }

    /// <summary>The report of an export that ran Vivado; null where the file is another one.</summary>
    public static ToolReport? Export(string path, string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var match in File.ReadLines(path).Select(line => Entry().Match(line)).Where(match => match.Success))
        {
            values.TryAdd(match.Groups[1].Value.Trim(), match.Groups[2].Value);
        }

        var routed = values.ContainsKey("CP achieved post-implementation");
        return Value("LUT") is not { } luts ? null : new ToolReport(
            routed ? ToolStage.Implementation : ToolStage.Synthesis,
            name,
            TargetClock: Value("CP required"),
            Clock: Value(routed ? "CP achieved post-implementation" : "CP achieved post-synthesis"),
            Luts: (long)luts,
            FlipFlops: (long?)Value("FF"),
            Dsps: (long?)Value("DSP"),
            Brams: (long?)Value("BRAM"),
            Urams: (long?)Value("URAM"));

        double? Value(string title) => values.TryGetValue(title, out var text) ? Number(text) : null;
    }

    /// <summary>The report of a co-simulation; null where none ran.</summary>
    public static ToolReport? Cosimulation(string path, string name)
    {
        // RTL, status, then the least, average and largest latency and interval.
        var row = Rows(path).FirstOrDefault(cells => cells is ["Verilog" or "VHDL", not "NA", _, _, _, ..]);
        return row is null ? null : new ToolReport(
            ToolStage.Cosimulation, name, Latency: Range(row, first: 2), Interval: Range(row, first: 5),
                Passed: row[1].Equals("Pass", StringComparison.OrdinalIgnoreCase));
    }

    private const int HeadLines = 20;

    private static CycleRange? Range(string[] cells, int first) =>
        cells.Length > first + 2 && Number(cells[first]) is { } least
            ? new CycleRange((long)least, (long)(Number(cells[first + 2]) ?? least)) : null;

    private static IEnumerable<string[]> Rows(string path) => File.ReadLines(path)
        .Where(line => line.TrimStart().StartsWith('|'))
        .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    private static double? Number(string text) =>
        double.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"^\s*-\s*([A-Za-z][A-Za-z -]*):\s*(\S+)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"Tool Version\s*:\s*Vivado v\.(\S+)")]
    private static partial Regex VivadoVersion();
}
