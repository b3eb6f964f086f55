using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Reporting;

/// <summary>What a netlist costs, as a whole and layer by layer (docs/hardware-network.md §6).</summary>
/// <param name="Total">The whole netlist.</param>
/// <param name="Latency">Clocks from a sample to its results.</param>
/// <param name="Stages">Stages of logic; registers part them.</param>
/// <param name="StageLevels">Levels of the stage that has most.</param>
/// <param name="Layers">The layers that have cells, in the network's order.</param>
public sealed record HardwareReport(NetlistCost Total, int Latency, int Stages, int StageLevels, EquatableArray<LayerHardware> Layers)
{
    /// <summary>Counts a netlist.</summary>
    /// <param name="netlist">A verified netlist, with registers or without.</param>
    public static HardwareReport Of(BitNetlist netlist)
    {
        int[] levels = SignalLevels.Of(netlist);
        var places = Places(netlist, levels);
        var used = new HashSet<int>(netlist.Cells.Select(cell => cell.Layer));
        var rows = Enumerable.Range(0, netlist.Layers.Length).Where(used.Contains).Select(layer =>
        {
            var place = places.TryGetValue(layer, out var found) ? found : new Place(0, 0, 0, 0);
            return new LayerHardware(netlist.Layers[layer], NetlistCost.Of(netlist, layer), place.FirstLevel, place.LastLevel,
                place.FirstStage, place.LastStage);
        }).ToArray();
        int stages = rows.Select(row => row.LastStage).DefaultIfEmpty(0).Max() - rows.Select(row => row.FirstStage)
            .Where(stage => stage > 0).DefaultIfEmpty(1).Min() + 1;
        return new HardwareReport(NetlistCost.Of(netlist), netlist.Latency, System.Math.Max(1, stages),
            SignalLevels.OfStages(netlist).DefaultIfEmpty(0).Max(), rows);
    }

    // Between which levels and in which stages the logic of each layer stands.
    private static Dictionary<int, Place> Places(BitNetlist netlist, int[] levels)
    {
        var registers = new int[netlist.SignalCount];
        var places = new Dictionary<int, Place>();
        foreach (var cell in netlist.Cells)
        {
            var signals = CellSignals.Of(cell);
            int before = signals.Read.Select(signal => registers[signal]).DefaultIfEmpty(0).Max();
            foreach (int signal in signals.Written)
            {
                registers[signal] = before + (cell is RegisterCell ? 1 : 0);
            }

            if (cell is not RegisterCell)
            {
                // A chain LUT has the level of its inputs; its chain is one above.
                int level = signals.Written.Select(signal => levels[signal]).DefaultIfEmpty(0).Max()
                    + (cell is LutCell { Role: LutRole.Chain } ? 1 : 0);
                var place = new Place(level, level, before + 1, before + 1);
                places[cell.Layer] = places.TryGetValue(cell.Layer, out var other) ? place.And(other) : place;
            }
        }

        return places;
    }

    private sealed record Place(int FirstLevel, int LastLevel, int FirstStage, int LastStage)
    {
        public Place And(Place other) => new(
            System.Math.Min(FirstLevel, other.FirstLevel),
            System.Math.Max(LastLevel, other.LastLevel),
            System.Math.Min(FirstStage, other.FirstStage),
            System.Math.Max(LastStage, other.LastStage));
    }
}

/// <summary>What a layer of a netlist costs.</summary>
/// <param name="Layer">Name of the graph layer.</param>
/// <param name="Cost">Its cells; levels are those of the whole netlist.</param>
/// <param name="FirstLevel">Lowest level of its logic; gates behind nothing have 0.</param>
/// <param name="LastLevel">Highest level of its logic.</param>
/// <param name="FirstStage">First stage that holds logic of it, from 1 (behind no register); 0 where there are registers only.</param>
/// <param name="LastStage">Last stage that holds logic of it; 0 where there are registers only.</param>
public sealed record LayerHardware(string Layer, NetlistCost Cost, int FirstLevel, int LastLevel, int FirstStage, int LastStage);
