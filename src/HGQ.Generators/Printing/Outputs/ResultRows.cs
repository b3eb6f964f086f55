using System;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Outputs;

/// <summary>
/// Writes how 16-bit results leave a block: eight elements of all samples are transposed, then each sample's eight are written at once.
/// </summary>
internal sealed class ResultRows
{
    private readonly IntegerProgram _program;
    private readonly StoragePlan _storage;
    private readonly ConstantTables _tables;

    public ResultRows(IntegerProgram program, StoragePlan storage, ConstantTables tables)
    {
        _program = program;
        _storage = storage;
        _tables = tables;
    }

    /// <summary>Whether the results of a buffer can be written so: exact in the type, and worth a transposition.</summary>
    public bool Fits(int buffer, string type) => type != "long"
        && _storage.TypeOf(buffer) == LaneType.Int16
        && _program.Buffers[buffer].Length > 1
        && _program.Buffers[buffer].Formats.All(format => format.FractionBits is >= -100 and <= 100);

    /// <summary>Writes the vector code; the variable <c>stored</c> says how many samples it stored.</summary>
    public void WriteVectors(SourceWriter writer, int buffer, string type)
    {
        int length = _program.Buffers[buffer].Length, last = (length - 1) / Transposition.Side * Transposition.Side;
        writer.Line("int stored = 0;");
        var (middle, wide) = (Machine.Middle, Machine.Wide);
        writer.Open($"if ({middle.WordsSupported} && lanes > 1 && (lanes < {Literal.Of(wide.Samples)} || {wide.WordsSupported}))");
        writer.Line($"// What a vector writes beyond its sample is overwritten by what follows: the next sample, or {(last > 0 ? "the elements before" : "the caller")}.");
        writer.Line($"stored = results.Length < {last + Transposition.Side} ? 0 : Math.Min(count, ((results.Length - {last + Transposition.Side}) / OutputSize) + 1);");
        writer.Line($"ref short rows = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {_storage.BytesPerLane} * lanes));");
        if (length <= StoragePlan.TileOfResults)
        {
            WriteTile(writer, buffer, type, last, "0", Literal.Of(last + Transposition.Side));
        }
        else
        {
            writer.Open($"for (int tile = {Literal.Of(last / StoragePlan.TileOfResults * StoragePlan.TileOfResults)}; tile >= 0; tile -= {Literal.Of(StoragePlan.TileOfResults)})");
            writer.Line($"int end = Math.Min(tile + {Literal.Of(StoragePlan.TileOfResults)}, {Literal.Of(last + Transposition.Side)});");
            WriteTile(writer, buffer, type, last, "tile", "end");
            writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    // The elements of a tile lie transposed behind each other, eight by eight; then whole cache lines of each sample are written.
    private void WriteTile(SourceWriter writer, int buffer, string type, int last, string begin, string end)
    {
        string at = begin == "0" ? "e" : $"(e - {begin})", elements = $"for (int e = {begin}; e < {end}; e += {Transposition.Side})";
        Action<string> each = line =>
        {
            if (last > 0)
            {
                writer.Open(elements);
            }

            writer.Line(line);
            if (last > 0)
            {
                writer.Close();
            }
        };
        if (last == 0)
        {
            writer.Line("const int e = 0;");
        }

        each($"Squares(ref Unsafe.Add(ref b{buffer}, e * lanes), lanes, ref Unsafe.Add(ref rows, {at} * lanes));");
        writer.Line();
        writer.Open("for (int s = 0; s < stored; s++)");
        string vector = Machine.Middle.Vector;
        string words = $"{Machine.Narrow.Vector}.LoadUnsafe(ref rows, (nuint)((({at} + (s & 7)) * lanes) + (s & ~7)))";
        string value = $"{Machine.Middle.Integers}.ConvertTo{vector}Int32({words})";
        each($"{vector}.StoreUnsafe({(type == "float" ? $"{vector}.ConvertToSingle({value}) * {Scale(buffer, last)}" : value)}, ref target, (nuint)((s * OutputSize) + e));");
        writer.Close();
    }

    /// <summary>Writes the method that transposes eight rows of elements: sample s ends as eight neighbours in row s mod 8.</summary>
    public static void WriteSquares(SourceWriter writer)
    {
        writer.Line();
        writer.Line("// Eight rows of elements → eight elements of each sample.");
        writer.Line(Kernel.Optimized);
        writer.Open("private static void Squares(ref short elements, int lanes, ref short rows)");
        foreach (var machine in Machine.WidestFirst)
        {
            string vector = machine.Vector;
            writer.Open($"if ({machine.WordsSupported} && lanes == {Literal.Of(machine.Samples)})");
            string[] names = Enumerable.Range(0, Transposition.Side).Select(n => "r" + Literal.Of(n)).ToArray();
            for (var n = 0; n < Transposition.Side; n++)
            {
                writer.Line($"{vector}<short> {names[n]} = {vector}.LoadUnsafe(ref elements, {n * machine.Samples});");
            }

            names = Transposition.Interleave(writer, machine, names);
            for (var n = 0; n < Transposition.Side; n++)
            {
                writer.Line($"{vector}.StoreUnsafe({vector}.AsInt16({names[n]}), ref rows, {n * machine.Samples});");
            }

            writer.Close();
        }

        writer.Close();
    }

    private string Scale(int buffer, int last)
    {
        var formats = _program.Buffers[buffer].Formats;
        string[] scales = formats.Select(format => Literal.PowerOfTwo(-format.FractionBits).TrimEnd('D') + "F").ToArray();
        if (scales.Distinct().Count() == 1)
        {
            return $"{Machine.Middle.Vector}.Create({scales[0]})";
        }

        string[] padded = scales.Concat(Enumerable.Repeat("1F", last + Transposition.Side - scales.Length)).ToArray();
        return $"{Machine.Middle.Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.AddReals(padded, "float")}), (nuint)e)";
    }
}
