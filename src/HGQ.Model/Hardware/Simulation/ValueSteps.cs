using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>The cells of a netlist as steps on values, each of which is written once. Registers are wires here.</summary>
internal sealed class ValueSteps : INetlistCellVisitor<bool>
{
    private readonly LiteralSteps _steps;
    private readonly LutDecomposition _luts;
    private readonly int[] _literals;

    public ValueSteps(BitNetlist netlist)
    {
        // Constants and inputs are the values with their signals' numbers.
        _steps = new LiteralSteps(netlist.SignalCount);
        _luts = new LutDecomposition(_steps);
        _literals = Enumerable.Range(0, netlist.SignalCount).Select(signal => signal == 1 ? LiteralSteps.One : 2 * signal).ToArray();
        foreach (NetlistCell cell in netlist.Cells)
        {
            cell.Accept(this);
        }

        int[][] outputs = NetlistProgram.SignalsOf(netlist.Outputs);
        Outputs = Array.ConvertAll(outputs, signals => Array.ConvertAll(signals, signal => _steps.Value(_literals[signal])));
        Steps = ExclusiveOrs.Join(_steps.Needed(Outputs), Count, Outputs);
    }

    public ValueStep[] Steps { get; }

    /// <summary>Values are the numbers below.</summary>
    public int Count => _steps.Count;

    /// <summary>Values of the outputs.</summary>
    public int[][] Outputs { get; }

    public bool VisitLut(LutCell cell)
    {
        int[] inputs = Array.ConvertAll(cell.Inputs.Items, signal => _literals[signal]);
        if (cell.Output5 >= 0)
        {
            _literals[cell.Output5] = _luts.Literal(TruthTable.Widen(cell.Init, Math.Min(5, inputs.Length)), inputs);
        }

        if (cell.Output6 >= 0)
        {
            ulong table = inputs.Length == 6 ? cell.Init : TruthTable.Widen(cell.Init >> 32, inputs.Length);
            _literals[cell.Output6] = _luts.Literal(table, inputs);
        }

        return true;
    }

    public bool VisitCarryChain(CarryChainCell cell)
    {
        int carry = _literals[cell.CarryIn];
        for (var i = 0; i < cell.Selects.Length; i++)
        {
            int select = _literals[cell.Selects[i]];
            if (cell.Sums[i] >= 0)
            {
                _literals[cell.Sums[i]] = _steps.Xor(select, carry);
            }

            carry = _steps.Select(select, carry, _literals[cell.Data[i]]);
        }

        if (cell.CarryOut >= 0)
        {
            _literals[cell.CarryOut] = carry;
        }

        return true;
    }

    public bool VisitRegister(RegisterCell cell)
    {
        _literals[cell.Output] = _literals[cell.Input];
        return true;
    }

    public bool VisitRom(RomCell cell) => Add(BitOperationKind.Rom, cell.Address, cell.Outputs, cell);

    public bool VisitMultiplier(MultiplierCell cell) =>
        Add(BitOperationKind.Multiply, cell.Left.Concat(cell.Right).ToArray(), cell.Outputs, cell);

    private bool Add(BitOperationKind kind, EquatableArray<int> reads, EquatableArray<int> writes, NetlistCell cell)
    {
        int[] written = _steps.Add(kind, reads.Select(signal => _literals[signal]), writes.Select(signal => signal >= 0), cell);
        for (var bit = 0; bit < written.Length; bit++)
        {
            if (written[bit] >= 0)
            {
                _literals[writes[bit]] = written[bit];
            }
        }

        return true;
    }
}
