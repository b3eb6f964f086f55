using System;
using System.Linq;
using HGQ.Model.Hardware.Words;
using static System.FormattableString;

namespace HGQ.Model.Hardware.Bits;

/// <summary>Checks a bit netlist against docs/hardware-network.md §2, the number of registers on every way included.</summary>
public static class BitNetlistVerifier
{
    private const int Unknown = -1;
    private const int AnyStage = -2;

    /// <summary>Checks every port and cell.</summary>
    /// <exception cref="HardwareNetworkException">A rule is broken.</exception>
    public static void Verify(BitNetlist netlist)
    {
        // The registers between the inputs and each signal; constants are of every stage.
        var stages = Enumerable.Repeat(Unknown, Math.Max(2, netlist.SignalCount)).ToArray();
        stages[0] = stages[1] = AnyStage;
        foreach (var port in netlist.Inputs)
        {
            for (var e = 0; e < port.Elements.Length; e++)
            {
                string part = Invariant($"element {e} of input '{port.Name}'");
                RequireWidth(port.Elements[e], part);
                foreach (int signal in port.Elements[e].Signals)
                {
                    Write(stages, signal, 0, part);
                }
            }
        }

        for (var c = 0; c < netlist.Cells.Length; c++)
        {
            VerifyCell(netlist, stages, netlist.Cells[c], Invariant($"cell {c} ({netlist.Cells[c].GetType().Name})"));
        }

        foreach (var port in netlist.Outputs)
        {
            for (var e = 0; e < port.Elements.Length; e++)
            {
                string part = Invariant($"element {e} of output '{port.Name}'");
                RequireWidth(port.Elements[e], part);
                int stage = StageOf(stages, port.Elements[e].Signals, part);
                Require(stage is AnyStage || stage == netlist.Latency, part, Invariant($"{stage} registers are before it, the latency is {netlist.Latency}"));
            }
        }
    }

    private static void VerifyCell(BitNetlist netlist, int[] stages, NetlistCell cell, string part)
    {
        Require(cell.Layer >= 0 && cell.Layer < netlist.Layers.Length, part, Invariant($"there is no layer {cell.Layer}"));
        string? problem = cell switch
        {
            LutCell lut => LutProblem(lut),
            CarryChainCell chain => chain.Selects.Length > 0 && chain.Selects.Length == chain.Data.Length && chain.Selects.Length == chain.Sums.Length
                ? null
                : Invariant($"{chain.Selects.Length} selects, {chain.Data.Length} data and {chain.Sums.Length} sums"),
            RomCell rom => rom.Address.Length < 31 && rom.Entries.Length == 1 << rom.Address.Length && rom.Outputs.Length <= 64
                ? null
                : Invariant($"{rom.Entries.Length} entries of {rom.Outputs.Length} bits for {rom.Address.Length} address bits"),
            MultiplierCell multiplier => multiplier.Left.Length is > 0 and <= 64 && multiplier.Right.Length is > 0 and <= 64 && multiplier.Outputs.Length <= 64
                ? null
                : Invariant($"{multiplier.Left.Length} times {multiplier.Right.Length} bits"),
            _ => null,
        };
        Require(problem is null, part, problem ?? string.Empty);
        var signals = CellSignals.Of(cell);
        int stage = StageOf(stages, signals.Read, part);
        foreach (int signal in signals.Written)
        {
            // What is made of constants alone is constant.
            Write(stages, signal, stage is not AnyStage && cell is RegisterCell ? stage + 1 : stage, part);
        }
    }

    private static string? LutProblem(LutCell lut)
    {
        if (lut.Inputs.Length > 6)
        {
            return Invariant($"it has {lut.Inputs.Length} inputs");
        }

        if (lut.Inputs.Any(input => input < 2))
        {
            return "an input is a constant";
        }

        return lut.Output6 < 0 && lut.Output5 < 0 ? "it has no output" : lut.Inputs.Distinct().Count() == lut.Inputs.Length ? null : "it reads a signal twice";
    }

    private static int StageOf(int[] stages, EquatableArray<int> signals, string part)
    {
        int stage = AnyStage;
        foreach (int signal in signals)
        {
            Require(signal >= 0 && signal < stages.Length && stages[signal] != Unknown, part, Invariant($"it reads signal {signal}, which nothing before it writes"));
            if (stages[signal] != AnyStage)
            {
                Require(stage is AnyStage || stage == stages[signal], part, Invariant($"it mixes signals behind {stage} and {stages[signal]} registers"));
                stage = stages[signal];
            }
        }

        return stage;
    }

    private static void Write(int[] stages, int signal, int stage, string part)
    {
        Require(signal > 1 && signal < stages.Length, part, Invariant($"it writes signal {signal}; there are {stages.Length}"));
        Require(stages[signal] == Unknown, part, Invariant($"signal {signal} is written twice"));
        stages[signal] = stage;
    }

    private static void RequireWidth(BitElement element, string part) => Require(
        element.Signals.Length == Math.Max(0, element.Format.Width), part, Invariant($"{element.Signals.Length} signals for the format {element.Format}"));

    private static void Require(bool holds, string part, string problem)
    {
        if (!holds)
        {
            throw new HardwareNetworkException(part, problem);
        }
    }
}
