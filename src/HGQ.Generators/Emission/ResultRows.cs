using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Writes how 16-bit results leave a block: eight elements of all samples are transposed, then each sample's eight are written at once.</summary>
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
        writer.Open("if (Avx2.IsSupported && lanes > 1 && (lanes < 32 || Avx512BW.IsSupported))");
        writer.Line($"// What a vector writes beyond its sample is overwritten by what follows: the next sample, or {(last > 0 ? "the eight elements before" : "the caller")}.");
        writer.Line($"stored = results.Length < {last + Transposition.Side} ? 0 : Math.Min(count, ((results.Length - {last + Transposition.Side}) / OutputSize) + 1);");
        writer.Line($"ref short rows = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {_storage.BytesPerLane} * lanes));");
        writer.Open($"for (int e = {last}; e >= 0; e -= {Transposition.Side})");
        writer.Line($"Squares(ref Unsafe.Add(ref b{buffer}, e * lanes), lanes, ref rows);");
        if (type == "float")
        {
            writer.Line($"Vector256<float> scale = {Scale(buffer, last)};");
        }

        writer.Open("for (int s = 0; s < stored; s++)");
        writer.Line("Vector256<int> v = Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref rows, (nuint)(((s & 7) * lanes) + (s & ~7))));");
        writer.Line($"{(type == "float" ? "(Vector256.ConvertToSingle(v) * scale)" : "v")}.StoreUnsafe(ref target, (nuint)((s * OutputSize) + e));");
        writer.Close();
        writer.Close();
        writer.Close();
        writer.Line();
    }

    /// <summary>Writes the method that transposes eight rows of elements: sample s ends as eight neighbours in row s mod 8.</summary>
    public static void WriteSquares(SourceWriter writer)
    {
        writer.Line();
        writer.Line("// Eight rows of elements → eight elements of each sample.");
        writer.Line(Kernel.Optimized);
        writer.Open("private static void Squares(ref short elements, int lanes, ref short rows)");
        foreach (var (bits, condition) in new[] { (512, "lanes == 32"), (256, "lanes == 16"), (128, "lanes == 8") })
        {
            string support = bits == 512 ? "Avx512BW" : bits == 256 ? "Avx2" : "Sse2";
            writer.Open($"if ({support}.IsSupported && {condition})");
            string[] names = Enumerable.Range(0, Transposition.Side).Select(n => "r" + Literal.Of(n)).ToArray();
            for (var n = 0; n < Transposition.Side; n++)
            {
                writer.Line($"Vector{bits}<short> {names[n]} = Vector{bits}.LoadUnsafe(ref elements, {n * bits / 16});");
            }

            names = Transposition.Interleave(writer, bits, names);
            for (var n = 0; n < Transposition.Side; n++)
            {
                writer.Line($"Vector{bits}.StoreUnsafe({names[n]}.AsInt16(), ref rows, {n * bits / 16});");
            }

            writer.Close();
        }

        writer.Close();
    }

    private string Scale(int buffer, int last)
    {
        var formats = _program.Buffers[buffer].Formats;
        string[] scales = formats.Select(format => CodeLayout.PowerOfTwo(-format.FractionBits).TrimEnd('D') + "F").ToArray();
        if (scales.Distinct().Count() == 1)
        {
            return $"Vector256.Create({scales[0]})";
        }

        string[] padded = scales.Concat(Enumerable.Repeat("1F", last + Transposition.Side - scales.Length)).ToArray();
        return $"Vector256.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.AddReals(padded, "float")}), (nuint)e)";
    }
}
