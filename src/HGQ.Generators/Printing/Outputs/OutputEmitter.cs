using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Outputs;

/// <summary>Writes the methods that bring one sample's results out of the scratch memory: as codes, as reals, as a class.</summary>
internal sealed class OutputEmitter
{
    private readonly SourceWriter _writer;
    private readonly IntegerProgram _program;
    private readonly StoragePlan _storage;
    private readonly ConstantTables _tables;
    private readonly CodeLayout _layout;

    public OutputEmitter(SourceWriter writer, IntegerProgram program, StoragePlan storage, ConstantTables tables)
    {
        _writer = writer;
        _program = program;
        _storage = storage;
        _tables = tables;
        _layout = new CodeLayout(program);
    }

    public void Emit()
    {
        EmitStore(_layout.CodeType, (_, element) => element);
        EmitStore("float", Single);
        EmitStore("double", Real);
        ResultRows.WriteSquares(_writer);
        if (_program.Outputs.Length == 1)
        {
            EmitBest();
        }
    }

    private void EmitStore(string type, System.Func<int, string, string> value)
    {
        _writer.Line();
        _writer.Line("// `results` begins with the block's results and may go on: whole vectors are written where there is room for them.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void StoreBlock(ref byte scratch, int count, int lanes, Span<{type}> results)");
        _writer.Line($"ref {type} target = ref MemoryMarshal.GetReference(results);");
        var buffers = _layout.OutputBuffers().ToArray();
        bool vectors = buffers.Length == 1 && type != "double" && new ResultRows(_program, _storage, _tables).Fits(buffers[0].Buffer, type);
        if (vectors)
        {
            Declare(buffers[0].Buffer);
            EmitStoreSample(buffers[0].Buffer, type);
            new ResultRows(_program, _storage, _tables).WriteVectors(_writer, buffers[0].Buffer, type);
        }

        var declared = new HashSet<int>(vectors ? new[] { buffers[0].Buffer } : System.Array.Empty<int>());
        foreach (var (buffer, first) in buffers)
        {
            // Two outputs may be the same buffer.
            if (declared.Add(buffer))
            {
                Declare(buffer);
            }

            _writer.Open($"for (int e = 0; e < {_program.Buffers[buffer].Length}; e++)");
            _writer.Open($"for (int lane = {(vectors ? "stored" : "0")}; lane < count; lane++)");
            string place = first == 0 ? "e" : "e + " + Literal.Of(first);
            _writer.Line($"Unsafe.Add(ref target, (lane * OutputSize) + {place}) = {value(buffer, $"Unsafe.Add(ref b{Literal.Of(buffer)}, (e * lanes) + lane)")};");
            _writer.Close();
            _writer.Close();
        }

        _writer.Close();
    }

    // One sample, four results at once; the last four may overlap those before.
    private void EmitStoreSample(int buffer, string type)
    {
        const int step = 4;
        int length = _program.Buffers[buffer].Length;
        if (length < step)
        {
            return;
        }

        string vector = Machine.Narrow.Vector;
        _writer.Open($"if ({Machine.Narrow.Accelerated} && lanes == 1)");
        new RowSteps(_writer, ElementTiles.Whole(length)).Open(step);
        _writer.Line($"{vector}<int> v = {vector}.WidenLower({vector}.AsInt16({vector}.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<short, byte>(ref Unsafe.Add(ref b{buffer}, e))))));");
        string[] scales = Scales(buffer);
        string scale = type != "float" ? string.Empty
            : scales.Distinct().Count() == 1 ? $"{vector}.Create({scales[0]})"
            : $"{vector}.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.AddReals(scales, "float")}), (nuint)e)";
        _writer.Line($"{vector}.StoreUnsafe({(scale.Length > 0 ? $"{vector}.ConvertToSingle(v) * {scale}" : "v")}, ref target, (nuint)e);");
        new RowSteps(_writer, ElementTiles.Whole(length)).Close(step);
        _writer.Line();
        _writer.Line("return;");
        _writer.Close();
        _writer.Line();
    }

    private string[] Scales(int buffer)
        => _program.Buffers[buffer].Formats.Select(format => Literal.PowerOfTwo(-format.FractionBits).TrimEnd('D') + "F").ToArray();

    // A 16-bit integer times a moderate power of two is exact in single precision as well.
    private string Single(int buffer, string element)
    {
        var formats = _program.Buffers[buffer].Formats;
        if (_storage.TypeOf(buffer) != LaneType.Int16 || formats.Any(format => format.FractionBits is < -100 or > 100))
        {
            return $"(float)({Real(buffer, element)})";
        }

        string[] scales = Scales(buffer);
        return scales.Distinct().Count() == 1 ? $"{element} * {scales[0]}" : $"{element} * {_tables.AddReals(scales, "float")}[e]";
    }

    // The first of the largest values, compared as reals: their formats may differ.
    private void EmitBest()
    {
        int buffer = _program.Outputs[0].Buffer;
        _writer.Line();
        _writer.Open("private static int Best(ref byte scratch)");
        _writer.Line("const int lanes = 1;");
        Declare(buffer);
        _writer.Line("int best = 0;");
        _writer.Line("double top = double.NegativeInfinity;");
        _writer.Open($"for (int e = 0; e < {_program.Buffers[buffer].Length}; e++)");
        _writer.Line($"double value = {Real(buffer, $"Unsafe.Add(ref b{Literal.Of(buffer)}, e)")};");
        _writer.Open("if (value > top)");
        _writer.Line("top = value;");
        _writer.Line("best = e;");
        _writer.Close();
        _writer.Close();
        _writer.Line();
        _writer.Line("return best;");
        _writer.Close();
    }

    private void Declare(int buffer)
    {
        string stored = _storage.TypeOf(buffer).Keyword;
        _writer.Line($"ref {stored} b{buffer} = ref Unsafe.As<byte, {stored}>(ref Unsafe.Add(ref scratch, {_storage.OffsetOf(buffer)} * lanes));");
    }

    private string Real(int buffer, string element)
    {
        var formats = _program.Buffers[buffer].Formats;
        if (formats.Any(IsUnsigned64))
        {
            string unsigned = _tables.Add(formats.Select(format => IsUnsigned64(format) ? 1L : 0L).ToArray());
            element = $"({unsigned}[e] != 0 ? (double)unchecked((ulong){element}) : (double){element})";
        }

        if (formats.Any(format => format.FractionBits is < -1023 or > 1022))
        {
            return $"Math.ScaleB({element}, {_tables.Add(formats.Select(format => -(long)format.FractionBits).ToArray())}[e])";
        }

        var scales = formats.Select(format => Literal.PowerOfTwo(-format.FractionBits)).ToArray();
        return scales.Distinct().Count() == 1 ? $"{element} * {scales[0]}" : $"{element} * {_tables.AddReals(scales)}[e]";
    }

    private static bool IsUnsigned64(FixedPointFormat format) => !format.Signed && format.Width == 64;
}
