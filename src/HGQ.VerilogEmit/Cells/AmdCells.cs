using System;
using System.Globalization;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Cells;

/// <summary>Cells as primitives of AMD's FPGAs: LUT1 to LUT6, LUT6_2, CARRY8 or CARRY4.</summary>
internal sealed class AmdCells(SignalNames names, CarryFamily family) : CellPrinter(names)
{
    /// <inheritdoc/>
    public override bool VisitLut(LutCell cell)
    {
        string[] inputs = [.. cell.Inputs.Select(signal => Names[signal].ToString())];
        if (cell.Output6 >= 0 && cell.Output5 >= 0)
        {
            Bit six = Names.Wire(cell.Output6), five = Names.Wire(cell.Output5);
            string pins = string.Join(", ", Enumerable.Range(0, 6).Select(pin => Invariant($".I{pin}({Pin(inputs, pin)})")));
            Add($"wire {six}, {five};");
            Add($"LUT6_2 #(.INIT({Table(cell.Init, 64)})) lut_{six} ({pins}, .O6({six}), .O5({five}));");
            return true;
        }

        ulong table = cell.Output6 >= 0 ? LutTables.Output6(cell) : LutTables.Output5(cell);
        int count = cell.Output6 >= 0 ? inputs.Length : LutTables.Inputs5(cell);
        Bit output = Names.Wire(Math.Max(cell.Output6, cell.Output5));
        Add($"wire {output};");
        if (count == 0)
        {
            Add(Invariant($"assign {output} = 1'b{table & 1};"));
            return true;
        }

        string used = string.Join(", ", Enumerable.Range(0, count).Select(pin => Invariant($".I{pin}({inputs[pin]})")));
        Add(Invariant($"LUT{count} #(.INIT({Table(table, 1 << count)})) lut_{output} ({used}, .O({output}));"));
        return true;
    }

    /// <inheritdoc/>
    public override bool VisitCarryChain(CarryChainCell cell)
    {
        int positions = cell.Selects.Length, size = family.Positions;
        var carry = Names[cell.CarryIn];
        for (int first = 0; first < positions; first += size)
        {
            int count = Math.Min(size, positions - first), number = Names.NextNumber();
            bool last = first + size >= positions, carries = !last || cell.CarryOut >= 0;
            bool sums = Enumerable.Range(first, count).Any(position => cell.Sums[position] >= 0);
            string o = Invariant($"o{number}"), c = Invariant($"c{number}");
            string declared = string.Join(", ", new[] { sums ? o : "", carries ? c : "" }.Where(name => name.Length > 0));
            if (declared.Length > 0)
            {
                Add(Invariant($"wire [{size - 1}:0] {declared};"));
            }

            Add(Invariant($"{family.Cell} carry{number} ({Carry(carry, first == 0)},"));
            Add($"  .S({Padded(cell, first, count, select: true)}),");
            Add($"  .DI({Padded(cell, first, count, select: false)}),");
            Add($"  .O({(sums ? o : "")}), .CO({(carries ? c : "")}));");
            for (int position = 0; position < count; position++)
            {
                if (cell.Sums[first + position] >= 0)
                {
                    Names[cell.Sums[first + position]] = new Bit(o, position);
                }
            }

            carry = new Bit(c, count - 1);
        }

        if (cell.CarryOut >= 0)
        {
            Names[cell.CarryOut] = carry;
        }

        return true;
    }

    private static string Pin(string[] inputs, int pin) => pin < inputs.Length ? inputs[pin] : pin == 5 ? "1'b1" : "1'b0";

    private static string Table(ulong table, int bits) =>
        Invariant($"{bits}'h") + table.ToString(Invariant($"X{(bits + 3) / 4}"), CultureInfo.InvariantCulture);

    // A carry from the fabric enters a CARRY4 by a pin of its own.
    private string Carry(Bit carry, bool first) => family == CarryFamily.Carry8
        ? $".CI({carry}), .CI_TOP(1'b0)"
        : first ? $".CI(1'b0), .CYINIT({carry})" : $".CI({carry}), .CYINIT(1'b0)";

    private string Padded(CarryChainCell cell, int first, int count, bool select)
    {
        var signals = select ? cell.Selects : cell.Data;
        Bit[] used = [.. Enumerable.Range(first, count).Select(position => Names[signals[position]])];
        Bit[] unused = [.. Enumerable.Repeat(Bit.Zero, family.Positions - count)];
        return Bit.Join([.. used, .. unused], 6);
    }
}
