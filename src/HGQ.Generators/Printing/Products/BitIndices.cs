using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Writes the method that turns the words of bits of two blocks into rows of indices, the samples of the two blocks in turn: byte by
/// byte through
/// the squares of <see cref="Transposition"/>.
/// </summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Words">The words of a sample.</param>
internal sealed record BitIndices(Kernel Kernel, BitWords Words)
{
    private SourceWriter Writer => Kernel.Writer;

    private int Bits => Kernel.Shape.VectorBits;

    private string Vector => Kernel.Shape.Vector;

    // More than four bits have a byte of their own in a word.
    private bool IsByteIndex => Words.IndexBits > 4;

    /// <summary>Bytes of the elements that a row of indices is counted in: offsets are then the same at all widths.</summary>
    public static int ElementBytes(int vectorBits) => vectorBits / 8 / LookupTables.RowUnit;

    /// <summary>Type of the elements that a row of indices is counted in.</summary>
    public static string RowElement(int vectorBits) => ElementBytes(vectorBits) switch { 8 => "ulong", 4 => "uint", _ => "ushort" };

    /// <summary>Writes the method.</summary>
    public void Write(string name)
    {
        Writer.Line();
        Writer.Line($"// Words of bits of two blocks → rows of indices of {Literal.Of(Words.IndexBits)} bits, the samples of the blocks in turn.");
        Writer.Line(Kernel.Optimized);
        Writer.Open($"private static void {name}(ref ulong first, ref ulong second, ref byte indices)");
        Writer.Open("unchecked");
        WriteVectors();
        WriteSingle();
        Writer.Close();
        Writer.Close();
    }

    private void WriteVectors()
    {
        string machine = Kernel.Shape.Machine.Words;
        Writer.Open($"if ({machine}.IsSupported)");
        Writer.Open($"for (int w = 0; w < {Literal.Of(Words.Count)}; w++)");
        for (var n = 0; n < Transposition.Side; n += 2)
        {
            string place = $"(nuint)((w * {Literal.Of(Kernel.Shape.Lanes)}) + {Literal.Of(n * Kernel.Shape.Lanes / 8)})";
            Writer.Line($"{Vector}<byte> first{Literal.Of(n)} = {Vector}.AsByte({Vector}.LoadUnsafe(ref first, {place}));");
            Writer.Line($"{Vector}<byte> second{Literal.Of(n)} = {Vector}.AsByte({Vector}.LoadUnsafe(ref second, {place}));");
        }

        string[] pairs = Enumerable.Range(0, Transposition.Side)
            .Select(n => $"{machine}.Unpack{(n % 2 == 0 ? "Low" : "High")}(first{Literal.Of(n & ~1)}, second{Literal.Of(n & ~1)})").ToArray();
        for (var n = 0; n < pairs.Length; n++)
        {
            Writer.Line($"{Vector}<byte> r{Literal.Of(n)} = {pairs[n]};");
        }

        string[] rows = Transposition.Interleave(Writer, Kernel.Shape.Machine, Enumerable.Range(0, Transposition.Side).Select(n => "r" + Literal.Of(n)).ToArray());
        for (var n = 0; n < rows.Length; n++)
        {
            WriteRow(rows[n], n);
        }

        Writer.Close();
        Writer.Line();
        Writer.Line("return;");
        Writer.Close();
        Writer.Line();
    }

    private void WriteRow(string row, int n)
    {
        if (IsByteIndex)
        {
            Store($"{Vector}.AsByte({row})", n);
            return;
        }

        Store($"{Vector}.AsByte({row}) & {Vector}.Create((byte)15)", 2 * n);
        Store($"{Vector}.AsByte({Vector}.AsInt16({row}) >>> 4) & {Vector}.Create((byte)15)", (2 * n) + 1);
    }

    private void Store(string value, int n)
        => Writer.Line($"{Vector}.StoreUnsafe({value}, ref indices, (nuint)(((w * {Literal.Of(Words.Indices)}) + {Literal.Of(n)}) * {Literal.Of(Bits / 8)}));");

    private void WriteSingle()
    {
        int lanes = Kernel.Shape.Lanes;
        string words = $"(w * {Literal.Of(lanes)}) + place", mask = Literal.Of((1 << Words.IndexBits) - 1), distance = Literal.Of(IsByteIndex ? 8 : Words.IndexBits);
        Writer.Open($"for (int w = 0; w < {Literal.Of(Words.Count)}; w++)");
        Writer.Open($"for (int s = 0; s < {Literal.Of(lanes)}; s++)");
        Writer.Line($"int place = {BitWordPlaces.Of(Literal.Of(lanes))};");
        Writer.Open($"for (int n = 0; n < {Literal.Of(Words.Indices)}; n++)");
        Writer.Line($"ref byte pair = ref Unsafe.Add(ref indices, (((w * {Literal.Of(Words.Indices)}) + n) * {Literal.Of(Bits / 8)}) + (2 * s));");
        Writer.Line($"pair = (byte)((Unsafe.Add(ref first, {words}) >> (n * {distance})) & {mask});");
        Writer.Line($"Unsafe.Add(ref pair, 1) = (byte)((Unsafe.Add(ref second, {words}) >> (n * {distance})) & {mask});");
        Writer.Close();
        Writer.Close();
        Writer.Close();
    }
}
