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
            WriteSquares(writer, 512, "Avx512BW.IsSupported && lanes == 32");
            WriteSquares(writer, 256, "Avx2.IsSupported && lanes == 16");
            WriteSquares(writer, 128, "Sse2.IsSupported");
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
        string[] Parted(int bits, string pair) => new[]
        {
            signed ? $"(({pair} << 8) >> 8)" : $"({pair} & Vector{Literal.Of(bits)}.Create((short)255))",
            $"({pair} {shift} 8)",
        };
        WriteSquares(writer, 512, "Avx512BW.IsSupported && lanes == 32", Parted);
        WriteSquares(writer, 256, "Avx2.IsSupported && lanes == 16", Parted);
        WriteSquares(writer, 128, "Sse2.IsSupported", Parted);
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
    public static string[] Interleave(SourceWriter writer, int bits, string[] rows)
    {
        rows = Interleave(writer, bits, rows, "a", "short", "AsInt16");
        rows = Interleave(writer, bits, new[] { rows[0], rows[2], rows[1], rows[3], rows[4], rows[6], rows[5], rows[7] }, "b", "int", "AsInt32");
        return Interleave(writer, bits, new[] { rows[0], rows[4], rows[1], rows[5], rows[2], rows[6], rows[3], rows[7] }, "c", "long", "AsInt64");
    }

    private static void WriteSquares(SourceWriter writer, int bits, string condition, System.Func<int, string, string[]>? parted = null)
    {
        writer.Open($"if ({condition})");
        bool whole = bits > 128;
        if (!whole)
        {
            writer.Open("for (int lane = 0; lane < lanes; lane += 8)");
        }

        writer.Open(parted is null ? "for (int e = 0; e < stride; e += 8)" : "for (int e = 0; e < count; e += 16)");
        string[] rows = Enumerable.Range(0, Side).Select(n => "r" + Literal.Of(n)).ToArray();
        for (var n = 0; n < Side; n++)
        {
            writer.Line($"Vector{bits}<short> {rows[n]} = {Samples(bits, n, parted is not null)};");
        }

        rows = Interleave(writer, bits, rows);
        for (var n = 0; n < Side; n++)
        {
            string row = $"Vector{bits}.AsInt16({rows[n]})";
            string[] elements = parted is null ? new[] { row } : parted(bits, row);
            for (var part = 0; part < elements.Length; part++)
            {
                writer.Line($"Vector{bits}.StoreUnsafe({elements[part]}, ref target, (nuint)(((e + {(n * elements.Length) + part}) * lanes){(whole ? string.Empty : " + lane")}));");
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
    private static string Samples(int bits, int n, bool bytes)
    {
        string View(string loaded) => bytes ? $"Vector128.AsInt16({loaded})" : loaded;
        string Row(int sample) => View($"Vector128.LoadUnsafe(ref rows, (nuint)(({Literal.Of(sample)} * stride) + e))");
        return bits switch
        {
            128 => View($"Vector128.LoadUnsafe(ref rows, (nuint)(((lane + {Literal.Of(n)}) * stride) + e))"),
            256 => $"Vector256.Create({Row(n)}, {Row(n + 8)})",
            _ => $"Vector512.Create(Vector256.Create({Row(n)}, {Row(n + 8)}), Vector256.Create({Row(n + 16)}, {Row(n + 24)}))",
        };
    }

    private static string[] Interleave(SourceWriter writer, int bits, string[] pairs, string name, string type, string view)
    {
        string unpack = bits == 128 ? "Sse2" : bits == 256 ? "Avx2" : type == "short" ? "Avx512BW" : "Avx512F";
        var results = new string[Side];
        for (var n = 0; n < Side / 2; n++)
        {
            string left = $"Vector{bits}.{view}({pairs[2 * n]})", right = $"Vector{bits}.{view}({pairs[(2 * n) + 1]})";
            results[2 * n] = name + Literal.Of(2 * n);
            results[(2 * n) + 1] = name + Literal.Of((2 * n) + 1);
            writer.Line($"Vector{bits}<{type}> {results[2 * n]} = {unpack}.UnpackLow({left}, {right});");
            writer.Line($"Vector{bits}<{type}> {results[(2 * n) + 1]} = {unpack}.UnpackHigh({left}, {right});");
        }

        return results;
    }
}
