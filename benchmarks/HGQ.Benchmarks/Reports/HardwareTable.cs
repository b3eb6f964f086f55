using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Engines;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using static System.FormattableString;

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
        output.WriteLine(
            "| other network | val / test % | EBOPs | LUTs | run | val / test % | EBOPs | LUTs | strictly | levels | samples, unequal |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (OtherNetwork other in OtherNetwork.ReadFolder(others))
        {
            var own = runs.Select(static run => run.Split('=', 2)).Where(run => other.Name.StartsWith(run[0], StringComparison.Ordinal));
            foreach (string[] run in own)
            {
                string figures = Invariant($"{other.Validation:F2} / {other.Test:F2} | {other.Ebops:N0} | {other.Luts:N0}");
                string ours = Best(run[1], other) is { } best ? Cells(best, other) : "none | | | | | |";
                output.WriteLine($"| {other.Name} | {figures} | {Path.GetFileName(run[1])} | {ours}");
            }
        }
    }

    private static string Cells(MappedPoint best, OtherNetwork other)
    {
        (FrontPoint point, NetlistCost cost) = (best.Point, best.Cost);
        string luts = Invariant($"{cost.Luts:N0} ({Ratio(cost.Luts, other):F3})");
        string strictly = Invariant($"{cost.StrictLuts:N0} ({Ratio(cost.StrictLuts, other):F3})");
        string verified = Invariant($"{best.Samples:N0}, {best.Mismatches}");
        string reached = Invariant($"{point.Validation:F2} / {point.Test:F2} | {point.Ebops:N0}");
        return Invariant($"{reached} | {luts} | {strictly} | {cost.Levels} | {verified} |");
    }

    private static double Ratio(int luts, OtherNetwork other) => luts / (double)other.Luts;

    private static MappedPoint? Best(string run, OtherNetwork other)
    {
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json")));
        var points =
            from point in summary.RootElement.GetProperty("front").EnumerateArray()
            let ebops = point.GetProperty("ebops").GetDouble()
            let accuracies = (point.GetProperty("validation").GetDouble(), point.GetProperty("test").GetDouble())
            let figures = new FrontPoint(ebops, 100 * accuracies.Item1, 100 * accuracies.Item2)
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
