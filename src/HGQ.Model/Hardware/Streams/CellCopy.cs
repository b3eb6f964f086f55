using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Streams;

/// <summary>A cell with all its signals replaced.</summary>
internal sealed class CellCopy : INetlistCellVisitor<NetlistCell>
{
    private readonly Func<int, int> _replace;

    public CellCopy(Func<int, int> replace) => _replace = replace;

    public NetlistCell VisitLut(LutCell cell) =>
        cell with { Inputs = All(cell.Inputs), Output6 = _replace(cell.Output6), Output5 = _replace(cell.Output5) };

    public NetlistCell VisitCarryChain(CarryChainCell cell) => cell with
    {
        CarryIn = _replace(cell.CarryIn),
        Selects = All(cell.Selects),
        Data = All(cell.Data),
        Sums = All(cell.Sums),
        CarryOut = _replace(cell.CarryOut),
    };

    public NetlistCell VisitRegister(RegisterCell cell) => cell with { Input = _replace(cell.Input), Output = _replace(cell.Output) };

    public NetlistCell VisitRom(RomCell cell) => cell with { Address = All(cell.Address), Outputs = All(cell.Outputs) };

    public NetlistCell VisitMultiplier(MultiplierCell cell) =>
        cell with { Left = All(cell.Left), Right = All(cell.Right), Outputs = All(cell.Outputs) };

    private EquatableArray<int> All(EquatableArray<int> signals) => signals.Select(_replace).ToArray();
}
