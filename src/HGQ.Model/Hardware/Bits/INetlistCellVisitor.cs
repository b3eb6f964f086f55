namespace HGQ.Model.Hardware.Bits;

/// <summary>One method per kind of cell: a new kind is a compile error wherever netlists are read.</summary>
/// <typeparam name="T">What a visit answers.</typeparam>
public interface INetlistCellVisitor<out T>
{
    /// <summary>Visits a <see cref="LutCell"/>.</summary>
    T VisitLut(LutCell cell);

    /// <summary>Visits a <see cref="CarryChainCell"/>.</summary>
    T VisitCarryChain(CarryChainCell cell);

    /// <summary>Visits a <see cref="RegisterCell"/>.</summary>
    T VisitRegister(RegisterCell cell);

    /// <summary>Visits a <see cref="RomCell"/>.</summary>
    T VisitRom(RomCell cell);

    /// <summary>Visits a <see cref="MultiplierCell"/>.</summary>
    T VisitMultiplier(MultiplierCell cell);
}
