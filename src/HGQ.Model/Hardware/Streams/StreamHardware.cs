using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Reporting;

namespace HGQ.Model.Hardware.Streams;

/// <summary>What a stream design costs, counted from what is printed (docs/hardware-network.md §7).</summary>
/// <param name="Units">The units, in order.</param>
/// <param name="Layers">The circuits of all units, layer by layer, with the registers between their stages.</param>
/// <param name="Total">
/// LUTs of the circuits, which are those of one position, and all registers: those of stages, of lines, of counters and of valid bits.
/// </param>
/// <param name="MemoryBits">Bits of the memories that delay positions, and of those in which positions wait.</param>
/// <param name="StageLevels">Levels of the stage that has most.</param>
/// <param name="Timing">Clocks.</param>
public sealed record StreamHardware(
    EquatableArray<UnitHardware> Units, EquatableArray<LayerHardware> Layers, NetlistCost Total, long MemoryBits, int StageLevels,
        StreamTiming Timing)
{
    /// <summary>Counts a design.</summary>
    public static StreamHardware Of(StreamDesign design)
    {
        var units = design.Units.Select((unit, n) => UnitHardware.Of(design, unit, n == design.Units.Length - 1)).ToArray();
        var reports = design.Units.Select(unit => HardwareReport.Of(unit.Pipelined)).ToArray();
        var costs = reports.Select(report => report.Total).ToArray();

        // At the input a counter checks where samples end, and remembers where they did not.
        int border = PositionGrid.Bits(design.Streams[0].Count) + 1;
        var total = new NetlistCost(
            costs.Sum(cost => cost.Luts), costs.Sum(cost => cost.StrictLuts), costs.Sum(cost => cost.CarryOuts),
                costs.Sum(cost => cost.Gates),
            costs.Sum(cost => cost.Carry8), costs.Sum(cost => cost.Registers) + units.Sum(unit =>
                unit.LineRegisters + unit.ControlRegisters) + border,
            costs.Max(cost => cost.Levels), costs.Sum(cost => cost.Multipliers), costs.Sum(cost => cost.RomBits));
        return new StreamHardware(
            units, reports.SelectMany(report => report.Layers).ToArray(), total, units.Sum(unit => unit.MemoryBits),
            reports.Max(report => report.StageLevels), StreamTiming.Of(design));
    }

    /// <summary>Places of a memory in which so many positions may wait: a power of two.</summary>
    public static int Places(int waiting) => 1 << PositionGrid.Bits(waiting);
}

/// <summary>What a unit costs.</summary>
/// <param name="Name">Layer that it begins with.</param>
/// <param name="Positions">Positions that pass for a sample, padding included: clocks that it needs at least.</param>
/// <param name="Results">Results of a sample.</param>
/// <param name="Window">Positions that its window spans.</param>
/// <param name="Circuit">The circuit of one position, with the registers between its stages.</param>
/// <param name="Latency">Registers on the way through the circuit.</param>
/// <param name="LineRegisters">Register bits that hold positions, and those that count through memories.</param>
/// <param name="MemoryBits">Bits of memories that delay positions, and of those in which positions wait.</param>
/// <param name="ControlRegisters">Register bits that count positions and say where results are.</param>
public sealed record UnitHardware(
    string Name, int Positions, int Results, int Window, NetlistCost Circuit, int Latency, int LineRegisters, long MemoryBits,
        int ControlRegisters)
{
    internal static UnitHardware Of(StreamDesign design, StreamUnit unit, bool last)
    {
        var storage = LineStorage.Of(unit);
        int latency = unit.Pipelined.Latency, ends = last && unit.Line.Results > 1 ? latency + 1 : 0;

        // Where positions wait, two counters say how many; their highest bits tell full from empty.
        var waiting = unit.Inputs.Where(input => input.Waiting > 0).ToArray();
        int control = PositionGrid.Of(unit.Line).CounterBits + latency + 1 + ends + waiting.Sum(input =>
            2 * (PositionGrid.Bits(input.Waiting) + 1));
        long memory = storage.MemoryBits + waiting.Sum(input =>
            (long)StreamHardware.Places(input.Waiting) * design.Streams[input.Stream].Width);
        return new UnitHardware(
            unit.Name, unit.Line.Comes.Length, unit.Line.Results, unit.Line.Length, NetlistCost.Of(unit.Pipelined), latency,
            storage.Registers, memory, control);
    }
}
