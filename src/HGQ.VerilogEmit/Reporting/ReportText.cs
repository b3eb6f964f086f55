using System.Globalization;
using System.Linq;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Naming;
using HGQ.VerilogEmit.Cells;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Reporting;

/// <summary>What the template of report.md prints.</summary>
internal static class ReportText
{
    /// <summary>The members of the template.</summary>
    public static object Model(VerilogReport report, int carryBlocks) => new
    {
        Model = Cell(report.Model),
        Top = report.Options.TopName,
        Target = report.Options.Target.ToString().ToLowerInvariant(),
        report.Options.Part,
        ClockPeriod = report.Options.ClockPeriod.ToString("0.###", CultureInfo.InvariantCulture),
        report.InputBits,
        report.OutputBits,
        report.Hardware.Total,
        report.Hardware.Latency,
        report.Hardware.Stages,
        report.Hardware.StageLevels,
        CarryCell = report.Options.Target == VerilogTarget.Amd ? CarryFamily.Of(report.Options.Part)!.Cell : "carry chains",
        CarryBlocks = carryBlocks,
        IsPositions = report.Streams is not null,
        MemoryBits = report.Streams?.MemoryBits ?? 0,
        Interval = report.Streams?.Timing.Interval ?? 1,
        Units = report.Streams?.Units.Select(Unit).ToArray() ?? [],
        Layers = report.Hardware.Layers.Select(Layer).ToArray(),
        report.Vectors,
        report.TableBits.Entries,
        report.TableBits.Seen,
        Coverage = report.Coverage.Layers.Select(layer => new
        {
            Layer = Cell(layer.Layer),
            Elements = Of(layer.ElementsAtBothEnds, layer.Elements),
            Borders = Of(layer.BordersSeen, layer.Borders),
        }).ToArray(),
        TableEntries = Of(report.Coverage.TableEntriesRead, report.Coverage.TableEntries),
    };

    private static object Unit(UnitHardware unit) => new
    {
        Name = Cell(unit.Name),
        unit.Positions,
        unit.Results,
        unit.Window,
        unit.Circuit.Luts,
        unit.Circuit.Registers,
        unit.LineRegisters,
        unit.ControlRegisters,
        unit.MemoryBits,
    };

    private static object Layer(LayerHardware layer) => new
    {
        Layer = Cell(layer.Layer),
        layer.Cost.Luts,
        layer.Cost.StrictLuts,
        layer.Cost.Gates,
        layer.Cost.CarryOuts,
        layer.Cost.Registers,
        layer.Cost.Multipliers,
        layer.Cost.RomBits,
        Levels = Range(layer.FirstLevel, layer.LastLevel),
        Stages = Range(layer.FirstStage, layer.LastStage),
    };

    private static string Range(int first, int last) =>
        last == 0 ? "-" : first == last ? Invariant($"{first}") : Invariant($"{first} to {last}");

    private static string Of(long seen, long all) => all == 0 ? "-" : Invariant($"{seen} of {all}");

    // A name in a cell of a table.
    private static string Cell(string name) =>
        NameText.Comment(name).Replace("|", "\\|", System.StringComparison.Ordinal).Replace("`", "'", System.StringComparison.Ordinal);
}
