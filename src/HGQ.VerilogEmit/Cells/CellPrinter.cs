using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model;
using HGQ.Model.Hardware.Bits;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Cells;

/// <summary>
/// Prints cells as statements, and what all targets share: memories and multipliers. Registers are printed by stage, elsewhere.
/// </summary>
internal abstract class CellPrinter : INetlistCellVisitor<bool>
{
    private readonly List<string> _lines = [];

    /// <summary>Starts a module.</summary>
    /// <param name="names">Names of the signals from outside; those of the cells are added.</param>
    protected CellPrinter(SignalNames names) => Names = names;

    /// <summary>The lines of the module so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>What signals are called.</summary>
    protected SignalNames Names { get; }

    /// <inheritdoc/>
    public abstract bool VisitLut(LutCell cell);

    /// <inheritdoc/>
    public abstract bool VisitCarryChain(CarryChainCell cell);

    /// <inheritdoc/>
    public bool VisitRegister(RegisterCell cell) => false;

    /// <inheritdoc/>
    public bool VisitRom(RomCell cell)
    {
        int bits = cell.Outputs.Length, digits = (bits + 3) / 4;
        long mask = bits >= 64 ? -1 : (1L << bits) - 1;
        string name = Invariant($"rom{Names.NextNumber()}");
        Add(Invariant($"reg [{bits - 1}:0] {name};"));
        Add("always @*");
        Add($"  case ({Names.Join(cell.Address, 8)})");
        for (int entry = 0; entry < cell.Entries.Length; entry++)
        {
            string value = (cell.Entries[entry] & mask).ToString(Invariant($"x{digits}"), CultureInfo.InvariantCulture);
            string label = entry == cell.Entries.Length - 1 ? "default" : Invariant($"{cell.Address.Length}'d{entry}");
            Add(Invariant($"    {label}: {name} = {bits}'h{value};"));
        }

        Add("  endcase");
        NameOutputs(cell.Outputs, name);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitMultiplier(MultiplierCell cell)
    {
        int number = Names.NextNumber();
        string left = Invariant($"left{number}"), right = Invariant($"right{number}"), product = Invariant($"product{number}");
        Factor(left, cell.Left, cell.LeftSigned);
        Factor(right, cell.Right, cell.RightSigned);
        Add(Invariant($"(* use_dsp = \"yes\" *) wire signed [{cell.Outputs.Length - 1}:0] {product};"));
        Add($"assign {product} = {left} * {right};");
        NameOutputs(cell.Outputs, product);
        return true;
    }

    /// <summary>Adds a statement.</summary>
    protected void Add(string line) => _lines.Add("  " + line);

    // One bit more where there is no sign, so that both factors are signed.
    private void Factor(string name, EquatableArray<int> signals, bool signed)
    {
        Bit[] bits = [.. signals.Select(signal => Names[signal]), .. signed ? [] : new[] { Bit.Zero }];
        Add(Invariant($"wire signed [{bits.Length - 1}:0] {name} = {Bit.Join(bits, 4)};"));
    }

    private void NameOutputs(EquatableArray<int> outputs, string vector)
    {
        for (int bit = 0; bit < outputs.Length; bit++)
        {
            if (outputs[bit] >= 0)
            {
                Names[outputs[bit]] = new Bit(vector, bit);
            }
        }
    }
}
