using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>Writes the methods that bring one sample into the scratch memory: from reals and from codes.</summary>
internal sealed partial class InputEmitter
{
    private readonly SourceWriter _writer;
    private readonly IntegerProgram _program;
    private readonly StoragePlan _storage;
    private readonly ConstantTables _tables;
    private readonly CodeLayout _layout;
    private readonly IReadOnlyDictionary<int, BytePairInput> _packed;
    private readonly IReadOnlyDictionary<int, BitInput> _bits;

    /// <summary>Writes into a class.</summary>
    /// <param name="writer">The class's text.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="tables">Tables of the class.</param>
    public InputEmitter(SourceWriter writer, GenerationPlan plan, ConstantTables tables)
    {
        _packed = plan.Inputs.BytePairs;
        _bits = plan.Inputs.Bits;
        _writer = writer;
        _program = plan.Program;
        _storage = plan.Storage;
        _tables = tables;
        _layout = new CodeLayout(plan.Program);
    }

    public void Emit()
    {
        EmitLoadBlock("float", _program.InputSize, port => (_layout.FirstReal(port.Input), "Encode"));
        EmitLoadBlock("double", _program.InputSize, port => (_layout.FirstReal(port.Input), "Encode"));
        EmitLoadBlock(_layout.CodeType, _program.InputCodeSize, port => (_layout.FirstCode(port), "Copy"));
        foreach (var (port, number) in _program.CodePorts.Select((port, number) => (port, number)))
        {
            EmitEncode(port, number);
            EmitRows(port, number);
            EmitPairs(port.Destination, number);
            if (_bits.TryGetValue(port.Destination, out var bits))
            {
                new BitRows(_writer, _tables, bits, _program.Buffers[port.Destination].Formats.ToArray(), number).Write(_layout.CodeType, BitThresholds.Of(_program, port));
            }
        }

        if (_bits.Count > 0)
        {
            BitRows.WriteSpread(_writer);
        }

        ExactEncoding.Write(_writer);
        foreach (var type in _program.CodePorts.Select(port => _storage.TypeOf(port.Destination)).Distinct())
        {
            Transposition.Write(_writer, type);
        }

        foreach (bool signed in _program.CodePorts.Where(port => !_bits.ContainsKey(port.Destination)).Select(port => ByteRows.Of(_program, port)).OfType<ByteRows>().Select(rows => rows.Signed).Distinct())
        {
            Transposition.WriteBytes(_writer, signed);
        }
    }

    // Rows of samples become rows of elements: first codes in the staging area, then across.
    private void EmitLoadBlock(string type, int size, System.Func<QuantizeInputInstruction, (int First, string Method)> rows)
    {
        _writer.Line();
        _writer.Line("// `count` samples become codes in the lanes of a block; `index` is their place in the caller's span, for messages.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void LoadBlock(ReadOnlySpan<{type}> inputs, int index, int count, int lanes, ref byte scratch)");
        _writer.Line($"ref {type} first = ref MemoryMarshal.GetReference(inputs);");
        foreach (var (port, number) in _program.CodePorts.Select((port, number) => (port, number)))
        {
            int buffer = port.Destination, stride = StoragePlan.Stride(_program.Buffers[buffer].Length);
            var (start, method) = rows(port);
            string stored = DeclareBuffer(buffer);
            string source = start == 0 ? "ref first" : $"ref Unsafe.Add(ref first, {Literal.Of(start)})";
            string more = method != "Encode" ? string.Empty : start == 0 ? ", index" : $", index + {Literal.Of(start)}";
            var tiles = ElementTiles.Of(_program.Buffers[buffer].Length);
            var bytes = BytesOf(port);
            string whole = tiles.Count > 1 && bytes is null ? $", 0, {Literal.Of(tiles.Length)}" : string.Empty;
            _writer.Open("if (lanes == 1)");
            _writer.Line($"{method}Rows{number}({source}, {size}, ref b{buffer}, {stride}, 1{more}{whole});");
            _writer.Close();
            _writer.Open("else");
            if (_bits.TryGetValue(buffer, out var bits))
            {
                _writer.Line($"ref byte rows = ref Unsafe.Add(ref scratch, {_storage.BytesPerLane} * lanes);");
                _writer.Line($"{method}BitRows{number}({source}, {size}, ref rows, ref Unsafe.As<{stored}, ulong>(ref b{buffer}), lanes, count{more});");
                _writer.Close();
                continue;
            }

            if (bytes is not null)
            {
                _writer.Line($"ref byte rows = ref Unsafe.Add(ref scratch, {_storage.BytesPerLane} * lanes);");
                _writer.Line($"{method}ByteRows{number}({source}, {size}, ref rows, {Literal.Of(bytes.Stride)}, count{more});");
            }

            EmitTiles(port, number, tiles, bytes, (rows, ends) => $"{method}Rows{number}({source}, {size}, ref {rows}, {StoragePlan.Stride(tiles.Size)}, count{more}{ends});");
            _writer.Close();
        }

        _writer.Close();
    }

    // Tile by tile through the first-level cache: codes of samples, then across; bytes of pairs where a packed product is all that
    // reads them.
    private void EmitTiles(QuantizeInputInstruction port, int number, ElementTiles tiles, ByteRows? bytes, System.Func<string, string, string> read)
    {
        int buffer = port.Destination, stride = StoragePlan.Stride(tiles.Size);
        string stored = _storage.TypeOf(buffer).Keyword;
        if (bytes is null)
        {
            _writer.Line($"ref {stored} rows = ref Unsafe.As<byte, {stored}>(ref Unsafe.Add(ref scratch, {_storage.BytesPerLane} * lanes));");
        }

        bool packs = _packed.TryGetValue(buffer, out var packed);
        string target = $"ref b{buffer}";
        if (packs)
        {
            _writer.Line($"ref short packed = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {Literal.Of(_storage.PackedOffset(packed!.Destination))} * lanes));");
            _writer.Line(bytes is null
                ? $"ref short elements = ref Unsafe.Add(ref rows, {Literal.Of(stride)} * lanes);"
                : $"ref short elements = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref rows, {Literal.Of(bytes.Stride)} * lanes));");
            target = "ref elements";
        }

        // Larger blocks read rows of 16-bit elements where they would be packed.
        bool isMixed = packs && packed!.MostLanes < KernelShape.Blocks[2].Lanes;
        string isPacked = isMixed ? $"lanes <= {Literal.Of(packed!.MostLanes)}" : string.Empty;
        if (tiles.Count > 1)
        {
            _writer.Open($"for (int tile = 0; tile < {Literal.Of(tiles.Count)}; tile++)");
            _writer.Line($"int e = Math.Min(tile * {Literal.Of(tiles.Size)}, {Literal.Of(tiles.Length - tiles.Size)});");
            target = packs ? target : $"ref Unsafe.Add(ref b{buffer}, e * lanes)";
        }

        if (isMixed)
        {
            _writer.Line($"ref short target = ref ({isPacked} ? ref elements : ref {(tiles.Count > 1 ? $"Unsafe.Add(ref b{buffer}, e * lanes)" : $"b{buffer}")});");
            target = "ref target";
        }

        if (bytes is null)
        {
            _writer.Line(read("rows", tiles.Count > 1 ? $", e, e + {Literal.Of(tiles.Size)}" : string.Empty));
            _writer.Line($"Transpose(ref rows, {stride}, lanes, {target});");
        }
        else
        {
            _writer.Line($"Transpose{(bytes.Signed ? "Signed" : "Unsigned")}(ref Unsafe.Add(ref rows, e), {Literal.Of(bytes.Stride)}, lanes, {Literal.Of(tiles.Size)}, {target});");
        }

        if (packs)
        {
            EmitPairRows(number, tiles, packed!, isPacked);
        }

        if (tiles.Count > 1)
        {
            _writer.Close();
        }
    }

    // The packed rows of a tile, under a condition where only some blocks are packed.
    private void EmitPairRows(int number, ElementTiles tiles, BytePairInput packed, string condition)
    {
        int pairs = packed.Pairs.Pairs.Count, each = (tiles.Size + 1) / 2;
        string range = tiles.Count > 1 ? $"tile * {Literal.Of(each)}, Math.Min((tile + 1) * {Literal.Of(each)}, {Literal.Of(pairs)})" : $"0, {Literal.Of(pairs)}";
        if (condition.Length > 0)
        {
            _writer.Open($"if ({condition})");
        }

        _writer.Line($"PairRows{number}(ref elements, lanes, {range}, ref packed);");
        if (condition.Length > 0)
        {
            _writer.Close();
        }
    }

    // Rows of two elements become one packed row; the tables say which, within the tile.
    private void EmitPairs(int buffer, int number)
    {
        if (!_packed.TryGetValue(buffer, out var packed))
        {
            return;
        }

        var tiles = ElementTiles.Of(_program.Buffers[buffer].Length);
        var pairs = packed.Pairs.Pairs;
        string Table(IReadOnlyList<int> elements) => _tables.Add(
            elements.Select((e, r) => (long)(e - tiles.Start(r / ((tiles.Size + 1) / 2)))).ToArray());
        string first = Table(pairs.First), second = Table(pairs.Second);
        _writer.Line();
        _writer.Line("// Rows of two elements, as the tables say, become one row of pairs of bytes.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void PairRows{number}(ref short elements, int lanes, int first, int end, ref short packed)");
        foreach (var shape in KernelShape.Blocks.Reverse())
        {
            bool narrowest = shape.Machine.IsNarrowest;
            _writer.Open(narrowest ? "for (int r = first; r < end; r++)" : $"if (lanes == {Literal.Of(shape.Lanes)})");
            if (!narrowest)
            {
                _writer.Open("for (int r = first; r < end; r++)");
            }

            string Load(string table) => $"{shape.Vector}.LoadUnsafe(ref elements, (nuint)({table}[r] * {Literal.Of(shape.Lanes)}))";
            _writer.Line($"{shape.Vector}.StoreUnsafe({BytePairCode.Of(packed.Pairs.Source, shape.Vector, Load(first), Load(second))}, ref packed, (nuint)(r * {Literal.Of(shape.Lanes)}));");
            _writer.Close();
            if (!narrowest)
            {
                _writer.Line();
                _writer.Line("return;");
                _writer.Close();
                _writer.Line();
            }
        }

        _writer.Close();
    }
}
