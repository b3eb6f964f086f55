using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Cells;

/// <summary>Cells as behavioural Verilog-2001: tables, gates of two inputs as operators, carry chains as sums.</summary>
internal sealed class GenericCells(SignalNames names) : CellPrinter(names)
{
    // The sixteen functions of two inputs by their table; A is input 0, the lowest index.
    private static readonly string[] Gates =
    [
        "1'b0", "~(A | B)", "A & ~B", "~B", "B & ~A", "~A", "A ^ B", "~(A & B)", "A & B", "~(A ^ B)", "A", "A | ~B", "B", "B | ~A",
            "A | B", "1'b1",
    ];

    /// <inheritdoc/>
    public override bool VisitLut(LutCell cell)
    {
        Bit[] inputs = [.. cell.Inputs.Select(signal => Names[signal])];
        if (cell.Output6 >= 0)
        {
            Function(cell.Output6, inputs, LutTables.Output6(cell));
        }

        if (cell.Output5 >= 0)
        {
            Function(cell.Output5, inputs[..LutTables.Inputs5(cell)], LutTables.Output5(cell));
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool VisitCarryChain(CarryChainCell cell)
    {
        int positions = cell.Selects.Length, number = Names.NextNumber();
        string s = Invariant($"s{number}"), d = Invariant($"d{number}"), o = Invariant($"o{number}");
        Add(Invariant($"wire [{positions - 1}:0] {s} = {Names.Join(cell.Selects, 6)};"));
        Add(Invariant($"wire [{positions - 1}:0] {d} = {Names.Join(cell.Data, 6)};"));

        // Where a position does not select the carry, both operands are its data: the sum is the carry in, the carry out is the data.
        string carry = cell.CarryIn == 0 ? "" : Invariant($" + {{{positions}'d0, {Names[cell.CarryIn]}}}");
        Add(Invariant($"wire [{positions}:0] {o} = {{1'b0, {d} & ~{s}}} + {{1'b0, {d} | {s}}}{carry};"));
        for (int position = 0; position < positions; position++)
        {
            if (cell.Sums[position] >= 0)
            {
                Names[cell.Sums[position]] = new Bit(o, position);
            }
        }

        if (cell.CarryOut >= 0)
        {
            Names[cell.CarryOut] = new Bit(o, positions);
        }

        return true;
    }

    private void Function(int output, Bit[] inputs, ulong table)
    {
        string wire = Names.Wire(output).ToString();
        if (inputs.Length > 2)
        {
            int bits = 1 << inputs.Length;
            string digits = table.ToString(Invariant($"X{(bits + 3) / 4}"), CultureInfo.InvariantCulture);
            Add(Invariant($"localparam [{bits - 1}:0] T_{wire} = {bits}'h{digits};"));
            Add($"wire {wire} = T_{wire}[{Bit.Join(inputs, 4)}];");
            return;
        }

        // A table over fewer inputs, repeated, is one over two.
        ulong two = inputs.Length == 0 ? (table & 1) * 15 : inputs.Length == 1 ? (table & 3) * 5 : table;
        Add($"wire {wire} = {Operators(Gates[two], inputs)};");
    }

    private static string Operators(string gate, IReadOnlyList<Bit> inputs) => string.Concat(gate.Select(letter => letter switch
    {
        'A' when inputs.Count > 0 => inputs[0].ToString(),
        'B' when inputs.Count > 1 => inputs[1].ToString(),
        _ => letter.ToString(),
    }));
}
