using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Inputs;

/// <content>How reals become codes.</content>
internal sealed partial class InputEmitter
{
    private void EmitRows(QuantizeInputInstruction port, int number)
    {
        int length = _program.Buffers[port.Destination].Length;
        if (BytesOf(port) is not { } bytes)
        {
            EmitRows(port, number, ElementTiles.Of(length), null);
            return;
        }

        // One sample is read at once; those of a block become bytes first.
        EmitRows(port, number, ElementTiles.Whole(length), null);
        EmitRows(port, number, ElementTiles.Whole(length), bytes);
    }

    private void EmitRows(QuantizeInputInstruction port, int number, ElementTiles tiles, ByteRows? bytes)
    {
        var buffer = _program.Buffers[port.Destination];
        var stored = _storage.TypeOf(port.Destination);
        var steps = new RowSteps(_writer, tiles);
        var rows = new EncodeRows(_writer, _tables, buffer, stored, port, _program.Inputs[port.Input].Standardization, steps, bytes);
        string name = (bytes is null ? "Rows" : "ByteRows") + Literal.Of(number), element = bytes is null ? stored.Keyword : "byte";
        foreach (string type in new[] { "float", "double" })
        {
            _writer.Line();
            _writer.Line(Kernel.Optimized);
            _writer.Open($"private static void Encode{name}(ref {type} inputs, int inputStride, ref {element} codes, int codeStride, int count, int index{steps.Parameters})");
            rows.WriteVectors(type);
            _writer.Open("for (int s = 0; s < count; s++)");
            steps.OpenSingle();
            EmitReal(_program.Inputs[port.Input].Standardization, "Unsafe.Add(ref inputs, (s * inputStride) + e)");
            _writer.Line($"Unsafe.Add(ref codes, {steps.SingleTarget}) = unchecked(({element})Encode{number}(x, e, index + (s * inputStride) + e));");
            _writer.Close();
            _writer.Close();
            _writer.Close();
        }

        new CopyRows(_writer, buffer.Length, _layout.CodeType, stored, steps, bytes).Write("Copy" + name);
    }

    private ByteRows? BytesOf(QuantizeInputInstruction port) => _bits.TryGetValue(port.Destination, out var bits) ? bits.Rows : ByteRows.Of(_program, port);

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
        string scale = _tables.AddReals(formats.Select(format => Literal.PowerOfTwo(format.FractionBits)).ToArray());
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

    private static string Raise(RoundingMode rounding) =>
        RoundingCode.OfReal(rounding) is { Length: > 0 } condition ? $" + ({condition} ? 1 : 0)" : string.Empty;

    private void EmitOverflow(QuantizeInputInstruction port, HGQ.Model.EquatableArray<FixedPointFormat> formats)
    {
        string Column(System.Func<FixedPointFormat, BigInteger> value)
            => TableAt(formats.Select(format => (long)BigInteger.Min(long.MaxValue, value(format))).ToArray());
        switch (port.Overflow)
        {
            case OverflowMode.Wrap:
                string offset = TableAt(formats.Select(f => f.Signed ? (long)LaneType.Int64.Reduce(-f.MinRaw) : 0).ToArray());
                string mask = TableAt(formats.Select(f => f.Width >= 64 ? -1L : f.IsZero ? 0 : (1L << f.Width) - 1).ToArray());
                _writer.Line($"v = unchecked(((v + {offset}) & {mask}) - {offset});");
                break;
            case OverflowMode.Saturate or OverflowMode.SaturateSymmetric:
                bool symmetric = port.Overflow == OverflowMode.SaturateSymmetric;
                string low = Column(f => symmetric && f.Signed ? -f.MaxRaw : f.MinRaw), high = Column(f => f.MaxRaw);
                _writer.Line($"v = Math.Min(Math.Max(v, {low}), {high});");
                break;
            case OverflowMode.SaturateToZero:
                string lowest = Column(f => f.MinRaw), highest = Column(f => f.MaxRaw);
                _writer.Line($"v = v < {lowest} || v > {highest} ? 0 : v;");
                break;
            default:
                throw new System.NotSupportedException(
                    $"The input layer '{port.Layer}' has the overflow mode {port.Overflow}, which has no arithmetic.");
        }
    }

    private string TableAt(long[] values) => values.Distinct().Count() == 1
        ? values[0].ToString(CultureInfo.InvariantCulture) + (values[0] is > int.MaxValue or < int.MinValue ? "L" : string.Empty)
        : _tables.Add(values) + "[e]";
}
