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
            foreach (var machine in Machine.LargeFirst)
            {
                string value = BytePacking.Pack(Bytes, machine, Packed(machine, 0), Packed(machine, machine.Samples));
                Write(2 * machine.Samples, machine, machine.WordsSupported, value);
            }

            return;
        }

        if (Steps.Most >= 32)
        {
            foreach (var machine in Machine.LargeFirst)
            {
                Write(machine.Samples, machine, machine.WordsSupported, machine.WordsInOrder(Packed(machine, 0)));
            }
        }
        else if (Length >= 16)
        {
            Write(16, Machine.Wide.Half, Machine.Wide.ToWordsSupported, Machine.Wide.ToWords(Load(Machine.Wide, 0)));
        }

        if (Length >= 8)
        {
            var narrow = Machine.Narrow;
            Write(narrow.Samples, narrow, narrow.Accelerated, $"{narrow.Vector}.Narrow({Load(narrow, 0)}, {Load(narrow, narrow.Samples / 2)})");
        }
    }

    // Two vectors of codes as one of 16 bits, its 128-bit parts interleaved.
    private static string Packed(Machine machine, int from)
        => $"{machine.Words}.PackSignedSaturate({Load(machine, from)}, {Load(machine, from + LaneType.Int32.CountIn(machine))})";

    private static string Load(Machine machine, int from)
        => $"{machine.Vector}.LoadUnsafe(ref row, {(from == 0 ? "(nuint)e" : $"(nuint)(e + {Literal.Of(from)})")})";

    private void Write(int lanes, Machine machine, string condition, string value)
    {
        Writer.Open($"if ({condition})");
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line("ref int row = ref Unsafe.Add(ref inputs, s * inputStride);");
        Writer.Line($"ref {Element} target = ref Unsafe.Add(ref codes, s * codeStride);");
        Steps.Open(lanes);
        Writer.Line($"{machine.Vector}.StoreUnsafe({value}, ref target, {Steps.Target});");
        Steps.Close(lanes);
        Writer.Close();
        Writer.Line();
        Writer.Line("return;");
        Writer.Close();
        Writer.Line();
    }
}
