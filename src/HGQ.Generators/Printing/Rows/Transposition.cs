using System;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Rows;

/// <summary>
/// Writes the method that turns rows of samples into rows of elements. Squares of 8 × 8 16-bit codes go through registers, as
/// many side by side as a vector has 128-bit parts.
/// </summary>
internal static class Transposition
{
    /// <summary>Elements and samples of one square.</summary>
    public const int Side = 8;

    public static void Write(SourceWriter writer, LaneType type)
    {
        writer.Line();
        writer.Line(Kernel.Optimized);
        writer.Open($"private static void Transpose(ref {type.Keyword} rows, int stride, int lanes, ref {type.Keyword} target)");
        if (type == LaneType.Int16)
        {
            WriteSquares(writer);
        }

        writer.Open("for (int lane = 0; lane < lanes; lane++)");
        writer.Open("for (int e = 0; e < stride; e++)");
        writer.Line("Unsafe.Add(ref target, (e * lanes) + lane) = Unsafe.Add(ref rows, (lane * stride) + e);");
        writer.Close();
        writer.Close();
        writer.Close();
    }

    /// <summary>
    /// Writes the method that turns rows of bytes of samples into rows of 16-bit elements: two bytes go through the squares as one
    /// code, and are parted at the end.
    /// </summary>
    public static void WriteBytes(SourceWriter writer, bool signed)
    {
        writer.Line();
        writer.Line(Kernel.Optimized);
        writer.Open($"private static void Transpose{(signed ? "Signed" : "Unsigned")}(ref byte rows, int stride, int lanes, int count, ref short target)");
        string shift = signed ? ">>" : ">>>";
        string[] Parted(Machine machine, string pair) => new[]
        {
            signed ? $"(({pair} << 8) >> 8)" : $"({pair} & {machine.Vector}.Create((short)255))",
            $"({pair} {shift} 8)",
        };
        WriteSquares(writer, Parted);
        writer.Open("for (int lane = 0; lane < lanes; lane++)");
        writer.Open("for (int e = 0; e < count; e++)");
        writer.Line($"Unsafe.Add(ref target, (e * lanes) + lane) = {(signed ? "unchecked((sbyte)" : "(")}Unsafe.Add(ref rows, (lane * stride) + e));");
        writer.Close();
        writer.Close();
        writer.Close();
    }

    /// <summary>
    /// Three rounds of interleaving, of words, pairs and quads, transpose every 8 × 8 square of eight vectors; the results' names.
    /// </summary>
    public static string[] Interleave(SourceWriter writer, Machine machine, string[] rows)
    {
        rows = Interleave(writer, machine, rows, "a", LaneType.Int16);
        rows = Interleave(writer, machine, new[] { rows[0], rows[2], rows[1], rows[3], rows[4], rows[6], rows[5], rows[7] }, "b", LaneType.Int32);
        return Interleave(writer, machine, new[] { rows[0], rows[4], rows[1], rows[5], rows[2], rows[6], rows[3], rows[7] }, "c", LaneType.Int64);
    }

    private static void WriteSquares(SourceWriter writer, Func<Machine, string, string[]>? parted = null)
    {
        foreach (var machine in Machine.WidestFirst)
        {
            WriteSquares(writer, machine, parted);
        }
    }

    private static void WriteSquares(SourceWriter writer, Machine machine, Func<Machine, string, string[]>? parted)
    {
        bool whole = !machine.IsNarrowest;
        writer.Open($"if ({machine.WordsSupported}{(whole ? $" && lanes == {Literal.Of(machine.Samples)}" : string.Empty)})");
        if (!whole)
        {
            writer.Open("for (int lane = 0; lane < lanes; lane += 8)");
        }

        writer.Open(parted is null ? "for (int e = 0; e < stride; e += 8)" : "for (int e = 0; e < count; e += 16)");
        string[] rows = Enumerable.Range(0, Side).Select(n => "r" + Literal.Of(n)).ToArray();
        for (var n = 0; n < Side; n++)
        {
            writer.Line($"{machine.Vector}<short> {rows[n]} = {Samples(machine, n, parted is not null)};");
        }

        rows = Interleave(writer, machine, rows);
        for (var n = 0; n < Side; n++)
        {
            string row = $"{machine.Vector}.AsInt16({rows[n]})";
            string[] elements = parted is null ? new[] { row } : parted(machine, row);
            for (var part = 0; part < elements.Length; part++)
            {
                writer.Line($"{machine.Vector}.StoreUnsafe({elements[part]}, ref target, (nuint)(((e + {(n * elements.Length) + part}) * lanes){(whole ? string.Empty : " + lane")}));");
            }
        }

        writer.Close();
        if (!whole)
        {
            writer.Close();
        }

        writer.Line();
        writer.Line("return;");
        writer.Close();
        writer.Line();
    }

    // Samples n, n + 8, n + 16, …: one in each 128-bit part.
    private static string Samples(Machine machine, int n, bool bytes)
    {
        string narrow = Machine.Narrow.Vector;
        string View(string loaded) => bytes ? $"{narrow}.AsInt16({loaded})" : loaded;
        string Row(string sample) => View($"{narrow}.LoadUnsafe(ref rows, (nuint)(({sample} * stride) + e))");
        string Joined(Machine part, int first) => part.IsNarrowest
            ? Row(Literal.Of(first))
            : $"{part.Vector}.Create({Joined(part.Half, first)}, {Joined(part.Half, first + part.Half.Samples)})";
        return machine.IsNarrowest ? Row($"(lane + {Literal.Of(n)})") : Joined(machine, n);
    }

    private static string[] Interleave(SourceWriter writer, Machine machine, string[] pairs, string name, LaneType lane)
    {
        string unpack = machine.Interleaving(lane.Bits), type = lane.Keyword, view = "As" + lane.Name;
        var results = new string[Side];
        for (var n = 0; n < Side / 2; n++)
        {
            string left = $"{machine.Vector}.{view}({pairs[2 * n]})", right = $"{machine.Vector}.{view}({pairs[(2 * n) + 1]})";
            results[2 * n] = name + Literal.Of(2 * n);
            results[(2 * n) + 1] = name + Literal.Of((2 * n) + 1);
            writer.Line($"{machine.Vector}<{type}> {results[2 * n]} = {unpack}.UnpackLow({left}, {right});");
            writer.Line($"{machine.Vector}<{type}> {results[(2 * n) + 1]} = {unpack}.UnpackHigh({left}, {right});");
        }

        return results;
    }
}
