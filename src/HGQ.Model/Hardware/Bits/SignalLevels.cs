using System;

namespace HGQ.Model.Hardware.Bits;

/// <summary>Levels of logic before each signal: a chain with its LUTs is one, a LUT outside of chains one, a relu gate and a register none.</summary>
public static class SignalLevels
{
    /// <summary>The level of each signal, counted from the inputs.</summary>
    public static int[] Of(BitNetlist netlist) => Of(netlist, throughRegisters: true);

    /// <summary>The level of each signal, counted from the inputs or the last register.</summary>
    public static int[] OfStages(BitNetlist netlist) => Of(netlist, throughRegisters: false);

    private static int[] Of(BitNetlist netlist, bool throughRegisters)
    {
        var levels = new int[netlist.SignalCount];
        foreach (var cell in netlist.Cells)
        {
            var signals = CellSignals.Of(cell);
            var level = 0;
            foreach (int signal in signals.Read)
            {
                level = Math.Max(level, levels[signal]);
            }

            // The LUTs of a chain carry the level of their inputs on to it.
            level += cell is RegisterCell or LutCell { Role: not LutRole.Logic } ? 0 : 1;
            level = cell is RegisterCell && !throughRegisters ? 0 : level;
            foreach (int signal in signals.Written)
            {
                levels[signal] = level;
            }
        }

        return levels;
    }
}
