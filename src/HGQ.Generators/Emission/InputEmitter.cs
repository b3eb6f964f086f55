using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Writes the methods that bring one sample into the scratch memory: from reals and from codes.</summary>
internal sealed class InputEmitter
{
    private readonly SourceWriter _writer;
    private readonly IntegerProgram _program;
    private readonly StoragePlan _storage;
    private readonly ConstantTables _tables;
    private readonly CodeLayout _layout;

    public InputEmitter(SourceWriter writer, IntegerProgram program, StoragePlan storage, ConstantTables tables)
    {
        _writer = writer;
        _program = program;
        _storage = storage;
        _tables = tables;
        _layout = new CodeLayout(program);
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
        }

        ExactEncoding.Write(_writer);
        foreach (var type in _program.CodePorts.Select(port => _storage.TypeOf(port.Destination)).Distinct())
        {
            Transposition.Write(_writer, type);
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
            _writer.Open("if (lanes == 1)");
            _writer.Line($"{method}Rows{number}({source}, {size}, ref b{buffer}, {stride}, 1{more});");
            _writer.Close();
            _writer.Open("else");
            _writer.Line($"ref {stored} rows = ref Unsafe.As<byte, {stored}>(ref Unsafe.Add(ref scratch, {_storage.BytesPerLane} * lanes));");
            _writer.Line($"{method}Rows{number}({source}, {size}, ref rows, {stride}, count{more});");
            _writer.Line($"Transpose(ref rows, {stride}, lanes, ref b{buffer});");
            _writer.Close();
        }

        _writer.Close();
    }

    private void EmitRows(QuantizeInputInstruction port, int number)
    {
        var buffer = _program.Buffers[port.Destination];
        var stored = _storage.TypeOf(port.Destination);
        var rows = new EncodeRows(_writer, _tables, buffer, stored, port, _program.Inputs[port.Input].Standardization);
        foreach (string type in new[] { "float", "double" })
        {
            _writer.Line();
            _writer.Line(Kernel.Optimized);
            _writer.Open($"private static void EncodeRows{number}(ref {type} inputs, int inputStride, ref {stored.Keyword} codes, int codeStride, int count, int index)");
            rows.WriteVectors(type);
            _writer.Open("for (int s = 0; s < count; s++)");
            _writer.Open($"for (int e = 0; e < {buffer.Length}; e++)");
            EmitReal(_program.Inputs[port.Input].Standardization, "Unsafe.Add(ref inputs, (s * inputStride) + e)");
            _writer.Line($"Unsafe.Add(ref codes, (s * codeStride) + e) = unchecked(({stored.Keyword})Encode{number}(x, e, index + (s * inputStride) + e));");
            _writer.Close();
            _writer.Close();
            _writer.Close();
        }

        EmitCopyRows(buffer, stored, number);
    }

    private void EmitCopyRows(ProgramBuffer buffer, LaneType stored, int number)
    {
        bool narrows = _layout.CodeType == "int" && stored == LaneType.Int16;
        _writer.Line();
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void CopyRows{number}(ref {_layout.CodeType} inputs, int inputStride, ref {stored.Keyword} codes, int codeStride, int count)");
        if (narrows && buffer.Length >= 16)
        {
            CopyVectors(16, "Avx512F.IsSupported", "Avx512F.ConvertToVector256Int16(Vector512.LoadUnsafe(ref row, (nuint)e))");
        }

        if (narrows && buffer.Length >= 8)
        {
            CopyVectors(8, "Vector128.IsHardwareAccelerated", "Vector128.Narrow(Vector128.LoadUnsafe(ref row, (nuint)e), Vector128.LoadUnsafe(ref row, (nuint)(e + 4)))");
        }

        _writer.Open("for (int s = 0; s < count; s++)");
        _writer.Open($"for (int e = 0; e < {buffer.Length}; e++)");
        _writer.Line($"Unsafe.Add(ref codes, (s * codeStride) + e) = unchecked(({stored.Keyword})Unsafe.Add(ref inputs, (s * inputStride) + e));");
        _writer.Close();
        _writer.Close();
        _writer.Close();

        void CopyVectors(int lanes, string condition, string value)
        {
            _writer.Open($"if ({condition})");
            _writer.Open("for (int s = 0; s < count; s++)");
            _writer.Line("ref int row = ref Unsafe.Add(ref inputs, s * inputStride);");
            _writer.Line("ref short target = ref Unsafe.Add(ref codes, s * codeStride);");
            EncodeRows.OpenElements(_writer, buffer.Length, lanes);
            _writer.Line($"{value}.StoreUnsafe(ref target, (nuint)e);");
            EncodeRows.CloseElements(_writer, buffer.Length, lanes);
            _writer.Close();
            _writer.Line();
            _writer.Line("return;");
            _writer.Close();
            _writer.Line();
        }
    }

    private void EmitReal(Standardization? standardization, string input)
    {
        if (standardization is null)
        {
            _writer.Line($"double x = {input};");
            return;
        }

        string mean = _tables.AddReals(standardization.Mean.Select(RealLiteral.Of).ToArray());
        string scale = _tables.AddReals(standardization.Scale.Select(RealLiteral.Of).ToArray());
        _writer.Line($"double x = (float)(((double){input} - {mean}[e]) / {scale}[e]);");
    }

    private string DeclareBuffer(int buffer)
    {
        string stored = _storage.TypeOf(buffer).Keyword;
        _writer.Line($"ref {stored} b{buffer} = ref Unsafe.As<byte, {stored}>(ref Unsafe.Add(ref scratch, {_storage.OffsetOf(buffer)} * lanes));");
        return stored;
    }

    private void EmitEncode(QuantizeInputInstruction port, int number)
    {
        var formats = _program.Buffers[port.Destination].Formats;
        string Column(System.Func<FixedPointFormat, long> value) => TableAt(formats.Select(value).ToArray());
        _writer.Line();
        _writer.Line($"// Input '{StringLiteral.Comment(_program.Inputs[port.Input].Name)}' → codes: exact for every finite double; x · 2^f is exact where it is neither huge nor tiny.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static long Encode{number}(double x, int e, int index)");
        string scale = _tables.AddReals(formats.Select(format => CodeLayout.PowerOfTwo(format.FractionBits)).ToArray());
        _writer.Line($"double y = x * {scale}[e];");
        _writer.Line("double magnitude = Math.Abs(y);");
        _writer.Open("if (!(magnitude < 2251799813685248D) || (magnitude < 1E-290 && x != 0))");
        _writer.Line($"return EncodeExactly(x, index, {Column(f => f.FractionBits)}, {Column(f => f.Width)}, {Column(f => f.Signed ? 1 : 0)} != 0, {(int)port.Rounding}, {(int)port.Overflow});");
        _writer.Close();
        _writer.Line();
        _writer.Line("double floor = Math.Floor(y);");
        _writer.Line($"long v = (long)floor{Raise(port.Rounding)};");
        EmitOverflow(port, formats);
        _writer.Line("return v;");
        _writer.Close();
    }

    // floor + 0.5 is exact below 2^51, so a comparison with it is.
    private static string Raise(RoundingMode rounding)
    {
        string condition = rounding switch
        {
            RoundingMode.Truncate => string.Empty,
            RoundingMode.TruncateToZero => "y < 0 && y != floor",
            RoundingMode.RoundHalfUp => "y >= floor + 0.5",
            RoundingMode.RoundHalfToZero => "y > floor + 0.5 || (y == floor + 0.5 && y < 0)",
            RoundingMode.RoundHalfDown => "y > floor + 0.5",
            RoundingMode.RoundHalfAway => "y > floor + 0.5 || (y == floor + 0.5 && y >= 0)",
            RoundingMode.RoundHalfEven => "y > floor + 0.5 || (y == floor + 0.5 && ((long)floor & 1) != 0)",
            _ => throw new System.ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
        };
        return condition.Length == 0 ? string.Empty : $" + ({condition} ? 1 : 0)";
    }

    private void EmitOverflow(QuantizeInputInstruction port, HGQ.Model.EquatableArray<FixedPointFormat> formats)
    {
        string Column(System.Func<FixedPointFormat, BigInteger> value)
            => TableAt(formats.Select(format => (long)BigInteger.Min(long.MaxValue, value(format))).ToArray());
        if (port.Overflow == OverflowMode.Wrap)
        {
            string offset = TableAt(formats.Select(f => f.Signed ? (long)LaneType.Int64.Reduce(-f.MinRaw) : 0).ToArray());
            string mask = TableAt(formats.Select(f => f.Width >= 64 ? -1L : f.IsZero ? 0 : (1L << f.Width) - 1).ToArray());
            _writer.Line($"v = unchecked(((v + {offset}) & {mask}) - {offset});");
            return;
        }

        bool symmetric = port.Overflow == OverflowMode.SaturateSymmetric;
        string low = Column(f => symmetric && f.Signed ? -f.MaxRaw : f.MinRaw), high = Column(f => f.MaxRaw);
        _writer.Line(port.Overflow == OverflowMode.SaturateToZero
            ? $"v = v < {low} || v > {high} ? 0 : v;"
            : $"v = Math.Min(Math.Max(v, {low}), {high});");
    }

    private string TableAt(long[] values) => values.Distinct().Count() == 1
        ? values[0].ToString(CultureInfo.InvariantCulture) + (values[0] is > int.MaxValue or < int.MinValue ? "L" : string.Empty)
        : _tables.Add(values) + "[e]";
}
