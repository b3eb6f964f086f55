using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>Writes the method that turns rows of samples into rows of elements; 16-bit codes go eight by eight through registers.</summary>
internal static class Transposition
{
    public static void Write(SourceWriter writer, LaneType type)
    {
        writer.Line();
        writer.Line(Kernel.Optimized);
        writer.Open($"private static void Transpose(ref {type.Keyword} rows, int stride, int lanes, ref {type.Keyword} target)");
        if (type == LaneType.Int16)
        {
            writer.Open("if (Sse2.IsSupported)");
            writer.Open("for (int lane = 0; lane < lanes; lane += 8)");
            writer.Open("for (int e = 0; e < stride; e += 8)");
            WriteSquare(writer);
            writer.Close();
            writer.Close();
            writer.Line();
            writer.Line("return;");
            writer.Close();
            writer.Line();
        }

        writer.Open("for (int lane = 0; lane < lanes; lane++)");
        writer.Open("for (int e = 0; e < stride; e++)");
        writer.Line("Unsafe.Add(ref target, (e * lanes) + lane) = Unsafe.Add(ref rows, (lane * stride) + e);");
        writer.Close();
        writer.Close();
        writer.Close();
    }

    // Three rounds of interleaving, of words, pairs and quads, transpose 8 × 8.
    private static void WriteSquare(SourceWriter writer)
    {
        string[] rows = Enumerable.Range(0, 8).Select(n => "r" + Literal.Of(n)).ToArray();
        for (var n = 0; n < 8; n++)
        {
            writer.Line($"Vector128<short> {rows[n]} = Vector128.LoadUnsafe(ref rows, (nuint)(((lane + {n}) * stride) + e));");
        }

        rows = Interleave(writer, rows, "a", "short", "AsInt16");
        rows = Interleave(writer, new[] { rows[0], rows[2], rows[1], rows[3], rows[4], rows[6], rows[5], rows[7] }, "b", "int", "AsInt32");
        rows = Interleave(writer, new[] { rows[0], rows[4], rows[1], rows[5], rows[2], rows[6], rows[3], rows[7] }, "c", "long", "AsInt64");
        for (var n = 0; n < 8; n++)
        {
            writer.Line($"Vector128.StoreUnsafe({rows[n]}.AsInt16(), ref target, (nuint)(((e + {n}) * lanes) + lane));");
        }
    }

    private static string[] Interleave(SourceWriter writer, string[] pairs, string name, string type, string view)
    {
        var results = new string[8];
        for (var n = 0; n < 4; n++)
        {
            string left = $"{pairs[2 * n]}.{view}()", right = $"{pairs[(2 * n) + 1]}.{view}()";
            results[2 * n] = name + Literal.Of(2 * n);
            results[(2 * n) + 1] = name + Literal.Of((2 * n) + 1);
            writer.Line($"Vector128<{type}> {results[2 * n]} = Sse2.UnpackLow({left}, {right});");
            writer.Line($"Vector128<{type}> {results[(2 * n) + 1]} = Sse2.UnpackHigh({left}, {right});");
        }

        return results;
    }
}
