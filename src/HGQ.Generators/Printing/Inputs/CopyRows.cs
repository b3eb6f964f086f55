using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>Writes the method that brings codes of samples, as callers have them, into rows of the width that they are stored in.</summary>
/// <param name="Writer">The class's text.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="CodeType">Type of the callers' codes.</param>
/// <param name="Stored">Type of the buffer's elements.</param>
/// <param name="Steps">Loops over the elements.</param>
/// <param name="Bytes">Rows of bytes that are written, or null for elements of the buffer's type.</param>
internal sealed record CopyRows(SourceWriter Writer, int Length, string CodeType, LaneType Stored, RowSteps Steps, ByteRows? Bytes)
{
    private string Element => Bytes is null ? Stored.Keyword : "byte";

    public void Write(string method)
    {
        Writer.Line();
        Writer.Line(Kernel.Optimized);
        Writer.Open($"private static void {method}(ref {CodeType} inputs, int inputStride, ref {Element} codes, int codeStride, int count{Steps.Parameters})");
        if (CodeType == "int" && Stored == LaneType.Int16)
        {
            WriteVectors();
        }

        Writer.Open("for (int s = 0; s < count; s++)");
        Steps.OpenSingle();
        Writer.Line($"Unsafe.Add(ref codes, {Steps.SingleTarget}) = unchecked(({Element})Unsafe.Add(ref inputs, (s * inputStride) + e));");
        Writer.Close();
        Writer.Close();
        Writer.Close();
    }

    private void WriteVectors()
    {
        if (Bytes is not null)
        {
            Write(64, 512, "Avx512BW.IsSupported", BytePacking.Pack(Bytes, 512, Packed(512, 0), Packed(512, 32)));
            Write(32, 256, "Avx2.IsSupported", BytePacking.Pack(Bytes, 256, Packed(256, 0), Packed(256, 16)));
            return;
        }

        if (Steps.Most >= 32)
        {
            Write(32, 512, "Avx512BW.IsSupported", $"Vector512.AsInt16(Avx512F.PermuteVar8x64(Vector512.AsInt64({Packed(512, 0)}), Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)))");
            Write(16, 256, "Avx2.IsSupported", $"Vector256.AsInt16(Avx2.Permute4x64(Vector256.AsInt64({Packed(256, 0)}), 0b11_01_10_00))");
        }
        else if (Length >= 16)
        {
            Write(16, 256, "Avx512F.IsSupported", $"Avx512F.ConvertToVector256Int16({Load(512, 0)})");
        }

        if (Length >= 8)
        {
            Write(8, 128, "Vector128.IsHardwareAccelerated", $"Vector128.Narrow({Load(128, 0)}, {Load(128, 4)})");
        }
    }

    // Two vectors of codes as one of 16 bits, its 128-bit parts interleaved.
    private static string Packed(int bits, int from)
        => $"{(bits == 512 ? "Avx512BW" : "Avx2")}.PackSignedSaturate({Load(bits, from)}, {Load(bits, from + (bits / 32))})";

    private static string Load(int bits, int from)
        => $"Vector{Literal.Of(bits)}.LoadUnsafe(ref row, {(from == 0 ? "(nuint)e" : $"(nuint)(e + {Literal.Of(from)})")})";

    private void Write(int lanes, int bits, string condition, string value)
    {
        Writer.Open($"if ({condition})");
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line("ref int row = ref Unsafe.Add(ref inputs, s * inputStride);");
        Writer.Line($"ref {Element} target = ref Unsafe.Add(ref codes, s * codeStride);");
        Steps.Open(lanes);
        Writer.Line($"Vector{Literal.Of(bits)}.StoreUnsafe({value}, ref target, {Steps.Target});");
        Steps.Close(lanes);
        Writer.Close();
        Writer.Line();
        Writer.Line("return;");
        Writer.Close();
        Writer.Line();
    }
}
