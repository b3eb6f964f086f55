using System.Globalization;
using System.Linq;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Reporting;

/// <summary>What the template of report.md prints.</summary>
internal static class ReportText
{
    /// <summary>The model of the template: all numbers as text.</summary>
    public static object Model(HlsReport report) => new
    {
        Model = Cell(report.Model),
        report.Top,
        Ebops = Number(report.Ebops),
        Luts = Number(report.Luts),
        LowLuts = Number(System.Math.Floor(report.Luts * HardwareEstimate.LowestLutsPerAdderBit / HardwareEstimate.LutsPerAdderBit)),
        HighLuts = Number(System.Math.Ceiling(report.Luts * HardwareEstimate.HighestLutsPerAdderBit / HardwareEstimate.LutsPerAdderBit)),
        Dsps = Number(report.Dsps),
        BusLuts = report.BusLuts is { } bus ? Number(bus) : null,
        Registers = Number(report.Registers),
        Clocks = Number(report.Clocks),
        Family = report.PartFamily,
        Period = Number(report.LogicPeriod),
        Depth = Number(report.Depth),
        AdderCount = Number(report.Layers.Sum(layer => layer.AdderCount)),
        AdderBits = Number(report.Layers.Sum(layer => layer.Adders.Sum(entry => (long)entry.Key * entry.Value))),
        Layers = report.Layers.Select(Layer).ToArray(),
        Strategies = report.Layers.Where(HasStrategy).Select(layer => new
        {
            Layer = Cell(layer.Layer),
            Strategy = layer.Strategy.ToString().ToLowerInvariant(),
            Products = Number(layer.DspProducts),
        }).ToArray(),
        Memories = report.Layers.Where(HasMemory).Select(layer => new
        {
            Layer = Cell(layer.Layer),
            TableBits = Number(layer.TableBits),
            MultiplexerLuts = Number(layer.MultiplexerLuts),
            FifoBits = Number(layer.FifoBits),
            LineBufferBits = Number(layer.LineBufferBits),
        }).ToArray(),
        Folds = report.Layers.Where(layer => layer.Fold is not null).Select(Fold).ToArray(),
        NotFolded = report.NotFolded.Select(Cell).ToArray(),
        Warnings = report.Warnings.Select(Cell).ToArray(),
        Factor = Number(HardwareEstimate.LutsPerAdderBit),
        LowFactor = Number(HardwareEstimate.LowestLutsPerAdderBit),
        HighFactor = Number(HardwareEstimate.HighestLutsPerAdderBit),
        Vectors = Number(report.Vectors),
        TableEntries = Share(report.Coverage.TableEntriesRead, report.Coverage.TableEntries),
        Coverage = report.Coverage.Layers.Append(report.Coverage.Total).Select(layer => new
        {
            Layer = Cell(layer.Layer),
            Elements = Share(layer.ElementsAtBothEnds, layer.Elements),
            Wires = Share(layer.WiresAtBothEnds, layer.Wires),
            Bits = Share(layer.BitsSeen, layer.Bits),
            Narrowings = Share(layer.NarrowingsSeen, layer.Narrowings),
            Borders = Share(layer.BordersSeen, layer.Borders),
        }).ToArray(),
    };

    private static object Layer(HlsLayerReport layer) => new
    {
        Layer = Cell(layer.Layer),
        layer.Unit,
        layer.Kind,
        layer.Shape,
        InputBits = Number(layer.InputBits),
        OutputBits = Number(layer.OutputBits),
        Weights = Number(layer.NonzeroWeights) + " / " + Number(layer.Weights),
        Ebops = Number(layer.Ebops),
        Adders = Number(layer.AdderCount),
        Multipliers = Number(layer.Multipliers.Values.Sum()),
        Luts = Number(layer.Luts),
        Dsps = Number(layer.Dsps),
        Registers = Number(layer.Registers),
        Clocks = Number(layer.Clocks),
        Depth = Number(layer.Depth),
        ByWidth = string.Join(", ", layer.Adders.Select(entry => $"{Number(entry.Value)} x {Number(entry.Key)}")),
        ByWidths = string.Join(", ", layer.Multipliers.Select(entry => $"{Number(entry.Value)} x {Number(entry.Key.Left)}·{Number(entry.Key.Right)}")),
    };

    private static object Fold(HlsLayerReport layer) => new
    {
        Layer = Cell(layer.Layer),
        Phases = Number(layer.Fold!.Phases),
        Axis = layer.Fold.Axis.ToString().ToLowerInvariant(),
        Multipliers = Number(layer.Fold.Multipliers),
        RomBits = Number(layer.Fold.RomBits),
        Luts = Number(layer.Luts),
        UnfoldedLuts = Number(layer.Fold.UnfoldedLuts),
        Dsps = Number(layer.Dsps),
        UnfoldedDsps = Number(layer.Fold.UnfoldedDsps),
        Clocks = Number(layer.Clocks),
    };

    private static bool HasStrategy(HlsLayerReport layer) =>
        layer.Strategy != HlsStrategy.Adders && layer.AdderCount + layer.DspProducts > 0;

    private static bool HasMemory(HlsLayerReport layer) =>
        layer.TableBits + layer.MultiplexerLuts + layer.FifoBits + layer.LineBufferBits > 0;

    // Neither the end of a cell, nor markup.
    private static string Cell(string name) => NameText.Comment(name).Replace("|", "\\|", System.StringComparison.Ordinal)
        .Replace("<", "&lt;", System.StringComparison.Ordinal).Replace("`", "'", System.StringComparison.Ordinal);

    private static string Share(long part, long all) => all == 0 ? "-" : Number(part) + " / " + Number(all);

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
