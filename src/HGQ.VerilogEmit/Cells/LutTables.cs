using HGQ.Model.Hardware.Bits;

namespace HGQ.VerilogEmit.Cells;

/// <summary>The tables of a LUT's outputs over the inputs that it has, input 0 lowest.</summary>
internal static class LutTables
{
    /// <summary>Table of O6: with fewer than six inputs I5 is 1, so the upper half counts.</summary>
    public static ulong Output6(LutCell cell) => cell.Inputs.Length == 6 ? cell.Init : (cell.Init >> 32) & Mask(cell.Inputs.Length);

    /// <summary>Table of O5, over at most five inputs.</summary>
    public static ulong Output5(LutCell cell) => cell.Init & Mask(Inputs5(cell));

    /// <summary>Inputs that O5 reads: all but the sixth.</summary>
    public static int Inputs5(LutCell cell) => cell.Inputs.Length == 6 ? 5 : cell.Inputs.Length;

    private static ulong Mask(int inputs) => (1UL << (1 << inputs)) - 1;
}
