using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Pipelining;

/// <summary>The level at which each cell works: the LUTs of a chain work with it, gates with what they read.</summary>
/// <param name="OfCell">Level of each cell.</param>
/// <param name="OfSignal">Level of each signal.</param>
/// <param name="Most">The highest level.</param>
internal sealed record CellLevels(int[] OfCell, int[] OfSignal, int Most)
{
    public static CellLevels Of(BitNetlist netlist)
    {
        int[] signals = SignalLevels.Of(netlist);
        var cells = new int[netlist.Cells.Length];
        var chainOf = new Dictionary<int, int>();
        var most = 0;
        for (int n = cells.Length - 1; n >= 0; n--)
        {
            var cell = netlist.Cells[n];
            foreach (int written in CellSignals.Of(cell).Written)
            {
                cells[n] = System.Math.Max(cells[n], signals[written]);
            }

            if (cell is CarryChainCell chain)
            {
                foreach (int select in chain.Selects)
                {
                    chainOf[select] = cells[n];
                }
            }
            else if (cell is LutCell { Role: LutRole.Chain } lut)
            {
                cells[n] = chainOf[lut.Output6];
            }

            most = System.Math.Max(most, cells[n]);
        }

        for (var n = 0; n < cells.Length; n++)
        {
            foreach (int written in CellSignals.Of(netlist.Cells[n]).Written)
            {
                signals[written] = cells[n];
            }
        }

        return new CellLevels(cells, signals, most);
    }
}
