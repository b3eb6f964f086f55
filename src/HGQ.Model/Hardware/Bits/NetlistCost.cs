using System.Linq;

namespace HGQ.Model.Hardware.Bits;

/// <summary>What a netlist costs, counted from its cells (docs/hardware-network.md §6).</summary>
/// <param name="Luts">LUT cells: one LUT6_2 each.</param>
/// <param name="StrictLuts">The same, with one more for every carry that leaves a chain, and a whole one for every relu gate.</param>
/// <param name="CarryOuts">Carries that leave a chain.</param>
/// <param name="Gates">Relu gates, before two of them share a LUT.</param>
/// <param name="Carry8">Carry blocks of eight positions.</param>
/// <param name="Registers">Register bits.</param>
/// <param name="Levels">Chains, compressors and logic on the longest way; relu gates do not count, as adder levels are counted elsewhere.</param>
/// <param name="Multipliers">Multiplier cells.</param>
/// <param name="RomBits">Bits of ROM cells.</param>
public sealed record NetlistCost(
    int Luts, int StrictLuts, int CarryOuts, int Gates, int Carry8, int Registers, int Levels, int Multipliers, long RomBits)
{
    /// <summary>The cost of a netlist.</summary>
    /// <param name="netlist">The netlist.</param>
    /// <param name="layer">Only cells of this layer; all where null. Levels are always those of the whole.</param>
    public static NetlistCost Of(BitNetlist netlist, int? layer = null)
    {
        var cells = netlist.Cells.Where(cell => layer is null || cell.Layer == layer).ToArray();
        var luts = cells.OfType<LutCell>().ToArray();
        var chains = cells.OfType<CarryChainCell>().ToArray();
        int carryOuts = chains.Count(chain => chain.CarryOut >= 0);
        var gateLuts = luts.Where(lut => lut.Role == LutRole.Gate).ToArray();
        int gates = gateLuts.Sum(lut => (lut.Output5 >= 0 ? 1 : 0) + (lut.Output6 >= 0 ? 1 : 0));
        return new NetlistCost(
            luts.Length,
            luts.Length + carryOuts + gates - gateLuts.Length,
            carryOuts,
            gates,
            chains.Sum(chain => (chain.Selects.Length + 7) / 8),
            cells.OfType<RegisterCell>().Count(),
            SignalLevels.Of(netlist).DefaultIfEmpty(0).Max(),
            cells.OfType<MultiplierCell>().Count(),
            cells.OfType<RomCell>().Sum(rom => (long)rom.Entries.Length * rom.Outputs.Count(output => output >= 0)));
    }
}
