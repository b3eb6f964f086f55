using System;
using System.Linq;
using HGQ.Model;
using HGQ.Model.Hardware.Bits;

namespace HGQ.VerilogEmit.Tests.Mutations;

/// <summary>
/// One change of one cell: an entry of a table, an input that reads another signal, two inputs swapped, a constant, a carry.
/// </summary>
internal static class NetlistMutation
{
    /// <summary>A changed netlist; null where the change that was drawn changes nothing.</summary>
    public static BitNetlist? Draw(BitNetlist netlist, Random random)
    {
        var cells = netlist.Cells.ToArray();
        int at = random.Next(cells.Length);
        NetlistCell? changed = cells[at] switch
        {
            LutCell lut => OfLut(lut, netlist, random),
            CarryChainCell chain => OfChain(chain, random),
            _ => null,
        };
        if (changed is null || changed == cells[at])
        {
            return null;
        }

        cells[at] = changed;
        return netlist with { Cells = cells };
    }

    private static LutCell? OfLut(LutCell lut, BitNetlist netlist, Random random)
    {
        int pin = random.Next(Math.Max(1, lut.Inputs.Length));
        int other = lut.Inputs.Length > 1 ? (pin + 1) % lut.Inputs.Length : pin;
        return random.Next(4) switch
        {
            0 or 1 => lut with { Init = lut.Init ^ (1UL << Entry(lut, random)) },
            2 when lut.Inputs.Length > 1 => lut with { Inputs = With(With(lut.Inputs, pin, lut.Inputs[other]), other, lut.Inputs[pin]) },
            3 when lut.Inputs.Length > 0 => Rewired(lut, pin, netlist, random),
            _ => null,
        };
    }

    // An entry that one of the outputs reads.
    private static int Entry(LutCell lut, Random random)
    {
        int entry = random.Next(1 << lut.Inputs.Length);
        return lut.Inputs.Length == 6 ? entry : lut.Output5 < 0 || (lut.Output6 >= 0 && random.Next(2) == 0) ? entry + 32 : entry;
    }

    // Inputs of the model are written before every cell.
    private static LutCell? Rewired(LutCell lut, int pin, BitNetlist netlist, Random random)
    {
        int[] signals = [.. netlist.Inputs.SelectMany(port => port.Elements).SelectMany(element => element.Signals)];
        int signal = signals[random.Next(signals.Length)];
        return lut.Inputs.Contains(signal) ? null : lut with { Inputs = With(lut.Inputs, pin, signal) };
    }

    private static CarryChainCell OfChain(CarryChainCell chain, Random random)
    {
        int position = random.Next(chain.Data.Length);
        return random.Next(3) switch
        {
            0 => chain with { CarryIn = chain.CarryIn == 1 ? 0 : 1 },
            1 => chain with { Data = With(chain.Data, position, chain.Data[position] == 0 ? 1 : 0) },
            _ => chain with { Selects = With(chain.Selects, position, chain.Selects[position] == 1 ? 0 : 1) },
        };
    }

    private static EquatableArray<int> With(EquatableArray<int> signals, int at, int signal)
    {
        int[] changed = [.. signals];
        changed[at] = signal;
        return changed;
    }
}
