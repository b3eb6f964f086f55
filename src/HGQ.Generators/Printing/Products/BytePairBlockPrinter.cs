using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Constant products of a block as loops over packed weights: two source elements lie in the two bytes of each 16-bit lane, one
/// instruction multiplies them with a pair of weights and adds the products, pairs of zeros are not there. The form of large
/// layers, whose size is that of the tables, and of all layers whose sums need 32 bits.
/// </summary>
internal sealed class BytePairBlockPrinter
{
    private readonly Kernel _kernel;
    private readonly SourceWriter _writer;
    private readonly ConstantProductPlan _plan;
    private readonly BytePairs _pairs;
    private readonly BytePairTables _tables;
    private readonly WideSums _wide;
    private readonly int _blocks;

    private BytePairBlockPrinter(Kernel kernel, ConstantProductPlan plan, BytePairs pairs, int blocks)
    {
        _kernel = kernel;
        _writer = kernel.Writer;
        _plan = plan;
        _pairs = pairs;
        _tables = new BytePairTables(kernel, pairs);
        _wide = new WideSums(kernel, plan);
        _blocks = blocks;
    }

    private string Vector => _kernel.Shape.Vector;

    private int Lanes => _kernel.Shape.Lanes;

    private bool IsNarrow => _plan.Lane == LaneType.Int16;

    private string[] Sums => IsNarrow ? new[] { "v" } : _wide.Names;

    /// <summary>Writes the method for one block and those for several: a weight is read once for all of them.</summary>
    public static void Emit(Kernel kernel, string method, BytePairBlock strategy)
    {
        var plan = strategy.Plan;
        var pairs = strategy.Pairs;
        if (!kernel.Shape.IsVector)
        {
            BytePairSamplePrinter.Emit(kernel, method, plan, pairs);
            return;
        }

        string comment = BytePairTables.Comment(plan, pairs);
        kernel.OpenMethod(method, comment, plan.Product.Source, plan.Destination);
        new BytePairBlockPrinter(kernel, plan, pairs, 1).Write();
        foreach (int blocks in kernel.Groups)
        {
            kernel.OpenGroup(method, blocks, comment, plan.Product.Source, plan.Destination);
            new BytePairBlockPrinter(kernel, plan, pairs, blocks).Write();
        }
    }

    private void Write()
    {
        WritePacking();
        string weights = _tables.Weights(), offsets = _tables.Rows();
        _tables.DeclareLines();
        var terms = new ColumnTerms(_kernel, LaneCode.For(_kernel, _plan.Lane), _plan, _pairs.Source.Bias(_plan));
        bool parts = _pairs.Parts > 1;
        if (parts)
        {
            _writer.Line($"ref int sums = ref Unsafe.As<byte, int>(ref Unsafe.Add(ref scratch, {Literal.Of(_kernel.Storage.SumsOffset(_plan.Destination) * Lanes)}));");
        }

        string at = OpenPositions();
        _writer.Line("int n = 0;");
        _writer.Open($"for (int line = 0; line < {Literal.Of(_pairs.Results.Count)}; line++)");
        _writer.Line($"int c = {_tables.Result("line")};");
        WriteStart(terms, parts);
        _writer.Open($"for (int s = {_tables.Segments("line")}; s > 0; s--)");
        WriteSegment(weights, offsets, at);
        _writer.Close();
        _writer.Line();
        if (parts)
        {
            WriteKeep();
        }

        for (var block = 0; block < _blocks; block++)
        {
            foreach (string sum in Sums)
            {
                terms.Write(_writer, sum + Of(block));
            }

            Store(block);
        }

        _writer.Close();
        if (_plan.Product.Positions > 1)
        {
            _writer.Close();
        }

        _kernel.CloseMethod();
    }

    // Variables of the second block end in 2, and so on; its memory lies behind that of the first.
    private static string Of(int block) => block == 0 ? string.Empty : Literal.Of(block + 1);

    private string Beyond(int block, int elementBytes) => block == 0 ? string.Empty : " + " + Literal.Of(block * _kernel.Storage.BytesOf(_kernel.Shape) / elementBytes);

    private void WriteStart(ColumnTerms terms, bool parts)
    {
        for (var block = 0; block < _blocks; block++)
        {
            for (var n = 0; n < Sums.Length; n++)
            {
                string words = $"{Vector}.LoadUnsafe(ref sums, {KeptAt(block, n)})", kept = IsNarrow ? $"{Vector}.AsInt16({words})" : words;
                string start = parts ? $"line < {Literal.Of(_plan.Outputs)} ? {terms.Start} : {kept}" : terms.Start;
                _writer.Line($"{Vector}<{_plan.Lane.Keyword}> {Sums[n]}{Of(block)} = {start};");
            }
        }
    }

    private string KeptAt(int block, int sum) => $"(nuint)((c * {Literal.Of(Lanes)}){Plus(sum * Lanes / 2)}{Beyond(block, 4)})";

    private static string Plus(int number) => number == 0 ? string.Empty : " + " + Literal.Of(number);

    // Sums of all parts but the last wait in memory.
    private void WriteKeep()
    {
        _writer.Open($"if (line < {Literal.Of((_pairs.Parts - 1) * _plan.Outputs)})");
        for (var block = 0; block < _blocks; block++)
        {
            for (var n = 0; n < Sums.Length; n++)
            {
                _writer.Line($"{Vector}.StoreUnsafe({(IsNarrow ? $"{Vector}.AsInt32({Sums[n]}{Of(block)})" : Sums[n] + Of(block))}, ref sums, {KeptAt(block, n)});");
            }
        }

        _writer.Line("continue;");
        _writer.Close();
        _writer.Line();
    }

    private void WriteSegment(string weights, string offsets, string at)
    {
        string[] sums = Enumerable.Range(0, _blocks).Select(block => "x" + Of(block)).ToArray();
        _writer.Line($"{Vector}<short> {string.Join(", ", sums.Select(sum => $"{sum} = {Vector}<short>.Zero"))};");
        _writer.Open($"for (int end = n + {_tables.Length("line")}; n < end; n += {BytePairs.Unroll})");
        for (var n = 0; n < BytePairs.Unroll; n++)
        {
            string entry = n == 0 ? "n" : $"n + {Literal.Of(n)}", weight = "w" + Literal.Of(n), place = "at" + Literal.Of(n);
            _writer.Line($"nuint {place} = (nuint)(uint)({at}Unsafe.Add(ref {offsets}, {entry}));");
            _writer.Line($"{Vector}<sbyte> {weight} = {Vector}.AsSByte({Vector}.Create(Unsafe.Add(ref {weights}, {entry})));");
            for (var block = 0; block < _blocks; block++)
            {
                _writer.Line($"{sums[block]} += {MultiplyAdd()}({Vector}.AsByte({Vector}.LoadUnsafe(ref packed, {place}{Beyond(block, RowElementBytes)})), {weight});");
            }
        }

        _writer.Close();
        _writer.Line();
        for (var block = 0; block < _blocks; block++)
        {
            WriteSpill(block, sums[block]);
        }
    }

    private void WriteSpill(int block, string x)
    {
        if (IsNarrow)
        {
            _writer.Line($"v{Of(block)} += {x};");
            return;
        }

        for (var half = 0; half < WideSums.Halves; half++)
        {
            _writer.Line($"{Sums[half]}{Of(block)} += {_wide.Widen(x, half)};");
        }
    }

    private void Store(int block)
    {
        string row = _plan.Product.Positions == 1 ? "c" : $"((p * {Literal.Of(_plan.Outputs)}) + c)";
        string target = $"ref b{Literal.Of(_plan.Destination)}, (nuint)(({row} * {Literal.Of(Lanes)}){Beyond(block, _kernel.Storage.TypeOf(_plan.Destination).Bytes)})";
        if (IsNarrow)
        {
            _writer.Line($"{Vector}.StoreUnsafe(v{Of(block)}, {target});");
        }
        else
        {
            _wide.Store(_writer, target, Of(block));
        }
    }

    private void WritePacking()
    {
        string source = "b" + Literal.Of(_plan.Product.Source), element = RowElement;
        var pairs = _pairs.Pairs;
        _writer.Line($"ref {element} packed = ref Unsafe.As<byte, {element}>(ref Unsafe.Add(ref scratch, {Literal.Of(_kernel.Storage.PackedOffset(_plan.Destination) * Lanes)}));");
        if (_kernel.Inputs.IsPacked(_plan.Product.Source, _kernel.Shape))
        {
            return;
        }

        string first = "e * 2", second = "(e * 2) + 1";
        if (!pairs.AreNeighbours)
        {
            first = _kernel.LocalTable(pairs.First.Select(e => (long)e).ToArray()) + "[e]";
            second = _kernel.LocalTable(pairs.Second.Select(e => (long)e).ToArray()) + "[e]";
        }

        _writer.Open($"for (int e = 0; e < {Literal.Of(pairs.Count)}; e++)");
        for (var block = 0; block < _blocks; block++)
        {
            string Load(string e) => $"{Vector}.LoadUnsafe(ref {source}, (nuint)((({e}) * {Literal.Of(Lanes)}){Beyond(block, 2)}))";
            _writer.Line($"{Vector}.StoreUnsafe({Vector}.As{RowView}({BytePairCode.Of(_pairs.Source, Vector, Load(first), Load(second))}), ref packed, (nuint)((e * {Literal.Of(BytePairs.RowUnit)}){Beyond(block, RowElementBytes)}));");
        }

        _writer.Close();
        _writer.Line();
    }

    private string OpenPositions()
    {
        var offsets = _plan.Product.PositionOffsets;
        if (_plan.Product.Positions == 1)
        {
            return offsets[0] == 0 ? string.Empty : $"{Literal.Of(offsets[0] / 2 * BytePairs.RowUnit)} + ";
        }

        string positions = _kernel.LocalTable(offsets.Select(offset => (long)offset / 2 * BytePairs.RowUnit).ToArray());
        _writer.Open($"for (int p = 0; p < {_plan.Product.Positions}; p++)");
        _writer.Line($"int at = {positions}[p];");
        return "at + ";
    }

    // The element type in which a packed row counts RowUnit: offsets are the same at all widths.
    private int RowElementBytes => _kernel.Shape.VectorBits / 128;

    private string RowElement => RowElementBytes == 4 ? "int" : RowElementBytes == 2 ? "short" : "byte";

    private string RowView => RowElementBytes == 4 ? "Int32" : RowElementBytes == 2 ? "Int16" : "Byte";

    private string MultiplyAdd()
    {
        string name = "MultiplyAddPairs" + Literal.Of(_kernel.Shape.VectorBits);
        string machine = _kernel.Shape.ByteMultiplyAddClass;
        _kernel.Conversions.Use(
            name,
            $"{Vector}<short> {name}({Vector}<byte> x, {Vector}<sbyte> w) => {machine}.IsSupported",
            $"    ? {machine}.MultiplyAddAdjacent(x, w)",
            $"    : (({Vector}.AsInt16(x) & {Vector}.Create((short)255)) * (({Vector}.AsInt16(w) << 8) >> 8)) + (({Vector}.AsInt16(x) >>> 8) * ({Vector}.AsInt16(w) >> 8));");
        return name;
    }
}
