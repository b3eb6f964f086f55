using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Engines;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;

namespace HGQ.Benchmarks.Reports;

/// <summary>
/// LUTs from end to end: for each network of another system the point of our front with the fewest LUTs among those whose accuracies on
/// validation and on test rows are both at least as good.
/// </summary>
internal static class HardwareTable
{
    // LUTs do not follow EBOPs exactly: the cheapest few are mapped.
    private const int MostMapped = 6;

    /// <summary>Prints the table.</summary>
    /// <param name="others">Folder with the networks of other systems.</param>
    /// <param name="runs">Folders of runs, each as <c>DATASET=FOLDER</c>; the data set begins the name of a network.</param>
    /// <param name="output">Where to.</param>
    public static void Print(string others, IReadOnlyList<string> runs, TextWriter output)
    {
        output.WriteLine("| other network | val / test % | EBOPs | its LUTs | run | point: val / test % | EBOPs | LUTs (ratio) | strictly | levels | samples, mismatches |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (OtherNetwork other in OtherNetwork.ReadFolder(others))
        {
            foreach (string[] run in runs.Select(static run => run.Split('=', 2)).Where(run => other.Name.StartsWith(run[0], StringComparison.Ordinal)))
            {
                string head = string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {other.Name} | {other.Validation:F2} / {other.Test:F2} | {other.Ebops:N0} | {other.Luts:N0} | {Path.GetFileName(run[1])} | ");
                output.WriteLine(head + (Best(run[1], other) is { } best ? Cells(best, other) : "none | | | | | |"));
            }
        }
    }

    private static string Cells(MappedPoint best, OtherNetwork other) => string.Create(
        CultureInfo.InvariantCulture,
        $"{best.Point.Validation:F2} / {best.Point.Test:F2} | {best.Point.Ebops:N0} | {best.Cost.Luts:N0} ({Ratio(best.Cost.Luts, other):F3}) "
            + $"| {best.Cost.StrictLuts:N0} ({Ratio(best.Cost.StrictLuts, other):F3}) | {best.Cost.Levels} | {best.Samples:N0}, {best.Mismatches} |");

    private static double Ratio(int luts, OtherNetwork other) => luts / (double)other.Luts;

    private static MappedPoint? Best(string run, OtherNetwork other)
    {
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json")));
        var points =
            from point in summary.RootElement.GetProperty("front").EnumerateArray()
            let figures = new FrontPoint(
                point.GetProperty("ebops").GetDouble(), 100 * point.GetProperty("validation").GetDouble(), 100 * point.GetProperty("test").GetDouble())
            where figures.Validation >= other.Validation && figures.Test >= other.Test
            orderby figures.Ebops
            select (figures, File: Path.Combine(run, point.GetProperty("file").GetString()!));
        return points.Take(MostMapped).Select(static point => Map(point.figures, point.File)).MinBy(static mapped => mapped.Cost.Luts);
    }

    private static MappedPoint Map(FrontPoint point, string file)
    {
        IntegerProgram program = Lowerer.Lower(ModelReader.ReadFile(file));
        using var netlist = new NetlistEngine(program);
        ComparisonReport report = EngineComparison.Run(
            program, [new InterpreterEngine(program), netlist], VerificationVectors.Corners(program, CornerOptions.Default));
        EngineReport row = report.Engines[1];
        return new MappedPoint(point, NetlistCost.Of(netlist.Netlist!), row.Samples, row.Mismatches);
    }

    private sealed record MappedPoint(FrontPoint Point, NetlistCost Cost, long Samples, long Mismatches);
}
