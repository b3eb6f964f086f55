using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>
/// A large product whose source has few bits, in blocks: a few bits of each sample are an index into a table of sums, and one
/// instruction looks the sums of the samples of two blocks up, side by side in bytes (<see cref="LookupTables"/>). Its size is that of the tables.
/// </summary>
internal sealed class LookupProduct
{
    // A lookup and its addition take this many times what a term takes in straight-line code, for half as many samples.
    private const double TermsOfLookup = 0.7;
    private const int FewestTerms = 1_000;
    private const int MostTableBytes = 1 << 20;

    private readonly Kernel _kernel;
    private readonly SourceWriter _writer;
    private readonly ConstantProductPlan _plan;
    private readonly LookupTables _tables;
    private readonly int _blocks;

    private LookupProduct(Kernel kernel, ConstantProductPlan plan, int blocks)
    {
        _kernel = kernel;
        _writer = kernel.Writer;
        _plan = plan;
        _tables = Tables(kernel, plan, kernel.Shape.VectorBits)!;
        _blocks = blocks;
    }

    private string Vector => _kernel.Shape.Vector;

    private int Lanes => _kernel.Shape.Lanes;

    private int Bits => _kernel.Shape.VectorBits;

    private int Pairs => (_blocks + 1) / 2;

    /// <summary>Whether this form is possible and the fastest; it is the same for blocks of every width, whose inputs are read alike.</summary>
    public static bool Pays(Kernel kernel, ConstantProductPlan plan) => kernel.Tables.Once("lookups pay", plan.Destination, () =>
    {
        int terms = plan.CountTerms();
        return terms >= FewestTerms
            && plan.Lane == LaneType.Int16
            && BitInput.Of(kernel.Program, plan.Product) is not null
            && Tables(kernel, plan, 256) is { } narrow && Tables(kernel, plan, 512) is { } wide
            && narrow.Entries.Count <= terms * TermsOfLookup
            && narrow.Entries.Concat(wide.Entries).Sum(entries => entries.Length) <= MostTableBytes;
    });

    /// <summary>Writes the method for one block and those for several, two blocks side by side.</summary>
    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan)
    {
        string name = $"{method}Indices_{kernel.Shape.Suffix}";
        var product = new LookupProduct(kernel, plan, 1);
        new BitIndices(kernel, product._tables.Words).Write(name);
        string comment = $"{plan.Layer}: {Literal.Of(plan.Outputs)} sums of {Literal.Of(plan.CountTerms())} terms in {Literal.Of(product._tables.Entries.Count)} lookups of {Literal.Of(product._tables.Words.IndexBits)} bits, 16-bit accumulators";
        kernel.OpenMethod(method, comment, plan.Destination);
        product.Write(name);
        foreach (int blocks in kernel.Groups)
        {
            kernel.OpenGroup(method, blocks, comment, plan.Destination);
            new LookupProduct(kernel, plan, blocks).Write(name);
        }
    }

    private static LookupTables? Tables(Kernel kernel, ConstantProductPlan plan, int vectorBits)
    {
        string width = vectorBits == 512 ? "6" : "4";
        return kernel.Tables.Once($"lookups of {width} bits", plan.Destination, () => LookupTables.Of(plan, kernel.Program.Buffers[plan.Product.Source].Formats.ToArray(), vectorBits));
    }

    private void Write(string indices)
    {
        WriteIndices(indices);
        string table = Table("entries", "byte", () => _tables.Entries.SelectMany(entries => entries.Select(entry => (long)entry)).ToArray());
        _writer.Line($"ref byte entries = {(Bits == 512 ? _kernel.Tables.Aligned(table) : $"ref MemoryMarshal.GetReference({table})")};");
        string type = _tables.Words.Count * _tables.Words.Indices * BitIndices.RowUnit <= ushort.MaxValue ? "ushort" : "int";
        string rows = _kernel.TableReference(Table("rows", type, () => _tables.Indices.Select(index => (long)index * BitIndices.RowUnit).ToArray()), type);
        string segments = _kernel.LocalTable(_tables.Segments.Select(count => (long)count).ToArray());
        var terms = new PackedTerms(_kernel, LaneCode.For(_kernel, LaneType.Int16), _plan, _tables.Bias);
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

    private string Table(string what, string type, System.Func<long[]> values)
        => _kernel.Tables.Once($"{what} of {Literal.Of(_tables.Words.IndexBits)} bits", _plan.Destination, () => _kernel.Tables.Add(values(), type));

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
    private void WriteResults(PackedTerms terms)
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

    private void WriteResult(PackedTerms terms, int block, string sum)
    {
        int beyond = block * _kernel.Storage.BytesOf(_kernel.Shape) / LaneType.Int16.Bytes;
        terms.Write(_writer, sum);
        _writer.Line($"{Vector}.StoreUnsafe({sum}, ref b{Literal.Of(_plan.Destination)}, (nuint)((c * {Literal.Of(Lanes)}){(beyond == 0 ? string.Empty : " + " + Literal.Of(beyond))}));");
    }

    private string Lookup()
    {
        string name = "Lookup" + Literal.Of(Bits);
        int tableBits = 8 << _tables.Words.IndexBits;
        string whole = Bits == 256 ? "Vector256.Create(table, table)" : "table";
        string machine = Bits switch { 512 => "Avx512Vbmi.IsSupported", 256 => "Avx2.IsSupported", _ => "Ssse3.IsSupported" };
        string instruction = Bits switch { 512 => "Avx512Vbmi.PermuteVar64x8", 256 => "Avx2.Shuffle", _ => "Ssse3.Shuffle" };
        _kernel.Conversions.Use(
            name,
            $"{Vector}<byte> {name}(Vector{Literal.Of(tableBits)}<byte> table, {Vector}<byte> index) => {machine}",
            $"    ? {instruction}({whole}, index)",
            $"    : {Vector}.Shuffle({whole}, index);");
        return name;
    }
}
