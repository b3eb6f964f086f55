using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// A large product whose source has few bits, in blocks: a few bits of each sample are an index into a table of sums, and one
/// instruction looks the sums of the samples of two blocks up, side by side in bytes (<see cref="LookupTables"/>). Its size is that of
/// the tables.
/// </summary>
internal sealed class BitLookupBlockPrinter
{
    private readonly Kernel _kernel;
    private readonly SourceWriter _writer;
    private readonly ConstantProductPlan _plan;
    private readonly LookupTables _tables;
    private readonly int _blocks;

    private BitLookupBlockPrinter(Kernel kernel, BitLookupBlock strategy, int blocks)
    {
        _kernel = kernel;
        _writer = kernel.Writer;
        _plan = strategy.Plan;
        _tables = strategy.Tables;
        _blocks = blocks;
    }

    private string Vector => _kernel.Shape.Vector;

    private int Lanes => _kernel.Shape.Lanes;

    private int Bits => _kernel.Shape.VectorBits;

    private int Pairs => (_blocks + 1) / 2;

    /// <summary>Writes the method for one block and those for several, two blocks side by side.</summary>
    public static void Emit(Kernel kernel, string method, BitLookupBlock strategy)
    {
        var plan = strategy.Plan;
        string name = $"{method}Indices_{kernel.Shape.Suffix}";
        var product = new BitLookupBlockPrinter(kernel, strategy, 1);
        new BitIndices(kernel, product._tables.Words).Write(name);
        string comment = $"{plan.Layer}: {Literal.Of(plan.Outputs)} sums of {Literal.Of(plan.CountTerms())} terms in {Literal.Of(product._tables.Entries.Count)} lookups of {Literal.Of(product._tables.Words.IndexBits)} bits, 16-bit accumulators";
        kernel.OpenMethod(method, comment, plan.Destination);
        product.Write(name);
        foreach (int blocks in kernel.Groups)
        {
            kernel.OpenGroup(method, blocks, comment, plan.Destination);
            new BitLookupBlockPrinter(kernel, strategy, blocks).Write(name);
        }
    }

    private void Write(string indices)
    {
        WriteIndices(indices);
        string table = _kernel.Tables.Add(_tables.EntryTable, "byte");
        string entries = _kernel.Shape.HasManyRegisters ? _kernel.Tables.Aligned(table) : $"ref MemoryMarshal.GetReference({table})";
        _writer.Line($"ref byte entries = {entries};");
        string type = _tables.Words.Count * _tables.Words.Indices * LookupTables.RowUnit <= ushort.MaxValue ? "ushort" : "int";
        string rows = _kernel.TableReference(_tables.RowTable, type);
        string segments = _kernel.LocalTable(_tables.Segments.Select(count => (long)count).ToArray());
        var terms = new ColumnTerms(_kernel, LaneCode.For(_kernel, LaneType.Int16), _plan, _tables.Bias);
        _writer.Line("int n = 0;");
        _writer.Line("nuint table = 0;");
        _writer.Open($"for (int c = 0; c < {Literal.Of(_plan.Outputs)}; c++)");
        foreach (string pair in Names)
        {
            _writer.Line($"{Vector}<short> words{pair} = {Vector}<short>.Zero;");
            _writer.Line($"{Vector}<short> high{pair} = {Vector}<short>.Zero;");
        }

        _writer.Open($"for (int s = {segments}[c]; s > 0; s--)");
        WriteSegment(rows);
        _writer.Close();
        _writer.Line();
        WriteResults(terms);
        _writer.Close();
        _kernel.CloseMethod();
    }

    private string[] Names => Enumerable.Range(1, Pairs).Select(pair => Literal.Of(pair)).ToArray();

    // The words of two blocks become rows of indices; those of the pair lie in the memory of its first block.
    private void WriteIndices(string method)
    {
        int offset = _kernel.Storage.IndicesOffset(_plan.Destination)!.Value * Lanes, words = _kernel.Storage.OffsetOf(_plan.Product.Source) * Lanes;
        string Words(int block) => $"ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref scratch, {Literal.Of((block * _kernel.Storage.BytesOf(_kernel.Shape)) + words)}))";
        for (var pair = 0; pair < Pairs; pair++)
        {
            int first = 2 * pair, second = System.Math.Min(first + 1, _blocks - 1);
            _writer.Line($"{method}({Words(first)}, {Words(second)}, ref Unsafe.Add(ref scratch, {Literal.Of((first * _kernel.Storage.BytesOf(_kernel.Shape)) + offset)}));");
        }

        string element = BitIndices.RowElement(Bits);
        _writer.Line($"ref {element} indices = ref Unsafe.As<byte, {element}>(ref Unsafe.Add(ref scratch, {Literal.Of(offset)}));");
    }

    private void WriteSegment(string rows)
    {
        int tableBits = 8 << _tables.Words.IndexBits;
        for (var n = 0; n < _tables.Length; n++)
        {
            string number = Literal.Of(n), more = n == 0 ? string.Empty : " + " + number;
            _writer.Line($"nuint at{number} = (nuint)(uint)Unsafe.Add(ref {rows}, n{more});");
            _writer.Line($"Vector{Literal.Of(tableBits)}<byte> table{number} = Vector{Literal.Of(tableBits)}.LoadUnsafe(ref entries, table{(n == 0 ? string.Empty : " + " + Literal.Of(n * tableBits / 8))});");
            for (var pair = 0; pair < Pairs; pair++)
            {
                string beyond = pair == 0 ? string.Empty : " + " + Literal.Of(2 * pair * _kernel.Storage.BytesOf(_kernel.Shape) / BitIndices.ElementBytes(Bits));
                string sum = $"{Lookup()}(table{number}, {Vector}.AsByte({Vector}.LoadUnsafe(ref indices, at{number}{beyond})))";
                _writer.Line(n == 0 ? $"{Vector}<byte> x{Names[pair]} = {sum};" : $"x{Names[pair]} += {sum};");
            }
        }

        _writer.Line($"n += {Literal.Of(_tables.Length)};");
        _writer.Line($"table += {Literal.Of(_tables.Length * tableBits / 8)};");
        foreach (string pair in Names)
        {
            _writer.Line($"words{pair} += {Vector}.AsInt16(x{pair});");
            _writer.Line($"high{pair} += {Vector}.AsInt16(x{pair}) >>> 8;");
        }
    }

    // Bytes of the first block's samples are the low ones of 16 bits, those of the second the high ones: 256 times them is too much.
    private void WriteResults(ColumnTerms terms)
    {
        foreach (string pair in Names)
        {
            int first = 2 * (pair[0] - '1');
            _writer.Line($"words{pair} = {terms.Start} + words{pair} - (high{pair} << 8);");
            WriteResult(terms, first, "words" + pair);
            if (first + 1 < _blocks)
            {
                _writer.Line($"high{pair} += {terms.Start};");
                WriteResult(terms, first + 1, "high" + pair);
            }
        }
    }

    private void WriteResult(ColumnTerms terms, int block, string sum)
    {
        int beyond = block * _kernel.Storage.BytesOf(_kernel.Shape) / LaneType.Int16.Bytes;
        terms.Write(_writer, sum);
        _writer.Line($"{Vector}.StoreUnsafe({sum}, ref b{Literal.Of(_plan.Destination)}, (nuint)((c * {Literal.Of(Lanes)}){(beyond == 0 ? string.Empty : " + " + Literal.Of(beyond))}));");
    }

    private string Lookup()
    {
        string name = "Lookup" + Literal.Of(Bits);
        var machine = _kernel.Shape.Machine;
        var table = new Machine(8 << _tables.Words.IndexBits);

        // A table narrower than the vectors stands twice in one.
        string whole = table == machine ? "table" : $"{Vector}.Create(table, table)";
        _kernel.Conversions.Use(
            name,
            $"{Vector}<byte> {name}({table.Vector}<byte> table, {Vector}<byte> index) => {machine.LookupBytesSupported}",
            $"    ? {machine.LookupBytes}({whole}, index)",
            $"    : {Vector}.Shuffle({whole}, index);");
        return name;
    }
}
