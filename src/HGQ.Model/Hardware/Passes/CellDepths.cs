using System;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Passes;

/// <summary>Cells before each cell on its longest way, itself among them: two cells of equal depth do not depend on each other.</summary>
internal static class CellDepths
{
    public static int[] Of(BitNetlist netlist)
    {
        var signalDepths = new int[netlist.SignalCount];
        var depths = new int[netlist.Cells.Length];
        for (var n = 0; n < depths.Length; n++)
        {
            var signals = CellSignals.Of(netlist.Cells[n]);
            foreach (int signal in signals.Read)
            {
                depths[n] = Math.Max(depths[n], signalDepths[signal]);
            }

            depths[n]++;
            foreach (int signal in signals.Written)
            {
                signalDepths[signal] = depths[n];
            }
        }

        return depths;
    }
}
