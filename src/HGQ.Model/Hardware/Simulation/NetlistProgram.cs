using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>A netlist as a list of steps on bit words. Registers are wires here: every way has the same number of them.</summary>
internal sealed class NetlistProgram : INetlistCellVisitor<bool>
{
    private readonly List<BitOperation> _steps = new();
    private readonly List<RomCell> _roms = new();
    private readonly List<MultiplierCell> _multipliers = new();
    private readonly LutProgram _luts;
    private readonly int _carry;

    public NetlistProgram(BitNetlist netlist)
    {
        // Behind the signals: a word for outputs that nobody reads, two for carries, temporaries of LUTs.
        _carry = netlist.SignalCount + 1;
        _luts = new LutProgram(_steps, _carry + 2);
        CellEnds = new int[netlist.Cells.Length];
        for (var n = 0; n < CellEnds.Length; n++)
        {
            netlist.Cells[n].Accept(this);
            CellEnds[n] = _steps.Count;
        }

        List = new StepList(_steps.ToArray(), _roms.ToArray(), _multipliers.ToArray());
        Slots = _carry + 2 + _luts.MostTemporaries;
    }

    public StepList List { get; }

    /// <summary>The step behind each cell.</summary>
    public int[] CellEnds { get; }

    public int Slots { get; }

    public bool VisitLut(LutCell cell)
    {
        _luts.Add(cell);
        return true;
    }

    public bool VisitCarryChain(CarryChainCell cell)
    {
        int carry = cell.CarryIn;
        for (var i = 0; i < cell.Selects.Length; i++)
        {
            if (cell.Sums[i] >= 0)
            {
                _steps.Add(new BitOperation(BitOperationKind.Xor, cell.Sums[i], cell.Selects[i], carry));
            }

            bool last = i == cell.Selects.Length - 1;
            if (!last || cell.CarryOut >= 0)
            {
                int to = last ? cell.CarryOut : _carry + (i & 1);
                _steps.Add(new BitOperation(BitOperationKind.Select, to, cell.Selects[i], carry, cell.Data[i]));
                carry = to;
            }
        }

        return true;
    }

    public bool VisitRegister(RegisterCell cell)
    {
        _steps.Add(new BitOperation(BitOperationKind.Copy, cell.Output, cell.Input));
        return true;
    }

    public bool VisitRom(RomCell cell)
    {
        _steps.Add(new BitOperation(BitOperationKind.Rom, 0, _roms.Count));
        _roms.Add(cell);
        return true;
    }

    public bool VisitMultiplier(MultiplierCell cell)
    {
        _steps.Add(new BitOperation(BitOperationKind.Multiply, 0, _multipliers.Count));
        _multipliers.Add(cell);
        return true;
    }

    /// <summary>Signals of all elements of ports, one behind the other.</summary>
    public static int[][] SignalsOf(IEnumerable<BitPort> ports) =>
        ports.SelectMany(port => port.Elements).Select(element => element.Signals.ToArray()).ToArray();
}
