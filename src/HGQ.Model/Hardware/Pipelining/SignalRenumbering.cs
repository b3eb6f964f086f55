using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Pipelining;

/// <summary>A cell with the signals that it reads replaced.</summary>
internal sealed class SignalRenumbering : INetlistCellVisitor<NetlistCell>
{
    private readonly Func<int, int> _replace;

    public SignalRenumbering(Func<int, int> replace) => _replace = replace;

    public NetlistCell VisitLut(LutCell cell) => cell with { Inputs = All(cell.Inputs) };

    public NetlistCell VisitCarryChain(CarryChainCell cell) => cell with { CarryIn = _replace(cell.CarryIn), Selects = All(cell.Selects), Data = All(cell.Data) };

    public NetlistCell VisitRegister(RegisterCell cell) => cell with { Input = _replace(cell.Input) };

    public NetlistCell VisitRom(RomCell cell) => cell with { Address = All(cell.Address) };

    public NetlistCell VisitMultiplier(MultiplierCell cell) => cell with { Left = All(cell.Left), Right = All(cell.Right) };

    private EquatableArray<int> All(EquatableArray<int> signals) => signals.Select(_replace).ToArray();
}
