using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Bits;

/// <summary>The signals that a cell reads and writes.</summary>
/// <param name="Read">Signals that are read, constants among them.</param>
/// <param name="Written">Signals that are written, without −1.</param>
public sealed record CellSignals(EquatableArray<int> Read, EquatableArray<int> Written)
{
    /// <summary>The signals of a cell.</summary>
    public static CellSignals Of(NetlistCell cell) => cell.Accept(Visitor.Instance);

    private static CellSignals Make(IEnumerable<int> read, IEnumerable<int> written) =>
        new(read.ToArray(), written.Where(signal => signal >= 0).ToArray());

    private sealed class Visitor : INetlistCellVisitor<CellSignals>
    {
        public static readonly Visitor Instance = new();

        public CellSignals VisitLut(LutCell cell) => Make(cell.Inputs, new[] { cell.Output6, cell.Output5 });

        public CellSignals VisitCarryChain(CarryChainCell cell) =>
            Make(cell.Selects.Concat(cell.Data).Concat(new[] { cell.CarryIn }), cell.Sums.Concat(new[] { cell.CarryOut }));

        public CellSignals VisitRegister(RegisterCell cell) => Make(new[] { cell.Input }, new[] { cell.Output });

        public CellSignals VisitRom(RomCell cell) => Make(cell.Address, cell.Outputs);

        public CellSignals VisitMultiplier(MultiplierCell cell) => Make(cell.Left.Concat(cell.Right), cell.Outputs);
    }
}
