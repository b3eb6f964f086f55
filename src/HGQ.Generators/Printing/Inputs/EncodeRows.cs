using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>
/// Writes the conversion of reals a vector at a time; whatever it does not hold exactly is left to the conversion one by one.
/// </summary>
internal sealed class EncodeRows
{
    private readonly SourceWriter _writer;
    private readonly ConstantTables _tables;
    private readonly FixedPointFormat[] _formats;
    private readonly LaneType _stored;
    private readonly QuantizeInputInstruction _port;
    private readonly Standardization? _standardization;
    private readonly RowSteps _steps;
    private readonly ByteRows? _bytes;
    private Machine _machine = Machine.Wide;

    public EncodeRows(
        SourceWriter writer, ConstantTables tables, ProgramBuffer buffer, LaneType stored, QuantizeInputInstruction port, Standardization? standardization, RowSteps steps, ByteRows? bytes)
    {
        _steps = steps;
        _bytes = bytes;
        _writer = writer;
        _tables = tables;
        _formats = buffer.Formats.ToArray();
        _stored = stored;
        _port = port;
        _standardization = standardization;
    }

    private string Vector => _machine.Vector;

    private int Lanes => LaneType.Int32.CountIn(_machine);

    private bool Saturates => _port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric;

    /// <summary>Writes the vector code for all samples; it returns where every real was converted exactly.</summary>
    public void WriteVectors(string type)
    {
        if (_standardization is null && _stored == LaneType.Int16
            && new EncodeSaturated(_writer, _tables, _formats, _port, _steps, _bytes, type) is { Fits: true } saturated)
        {
            saturated.WriteVectors();
            return;
        }

        if (_standardization is not null && _stored == LaneType.Int16
            && StandardizedReals.Of(_formats, _port, _standardization, type) is { } reals)
        {
            new EncodeStandardized(_writer, _tables, reals, _steps, _bytes).WriteVectors();
            return;
        }

        foreach (var machine in Machine.LargeFirst)
        {
            WriteVectors(type, machine);
        }
    }

    // Rounding happens in single precision, which is exact below 2^22; plain doubles would lose bits on the way.
    private bool Fits(string type) => (type == "float" || _standardization is not null)
        && _formats.Length >= Lanes
        && _stored == LaneType.Int16
        && _bytes is null
        && _formats.All(format => format.FractionBits is >= -60 and <= 60);

    private void WriteVectors(string type, Machine machine)
    {
        _machine = machine;
        if (!Fits(type))
        {
            return;
        }

        var reals = new RoundedReals(_writer, _tables, _formats, _port, _standardization, machine);
        _writer.Open($"if ({machine.ToWordsSupported})");
        reals.WriteDeclarations();
        _writer.Open("for (int s = 0; s < count; s++)");
        _writer.Line($"ref {type} row = ref Unsafe.Add(ref inputs, s * inputStride);");
        _writer.Line("ref short target = ref Unsafe.Add(ref codes, s * codeStride);");
        _steps.Open(Lanes);
        reals.WriteLoad(type);
        reals.WriteRounded();
        WriteOverflow(reals.Bias);
        _writer.Line($"{machine.Half.Vector}.StoreUnsafe({machine.ToWords("v")}, ref target, {_steps.Target});");
        _steps.Close(Lanes);
        _writer.Close();
        _writer.Line();
        reals.WriteReturn();
        _writer.Close();
        _writer.Line();
    }

    // Limits are compared with what the bias is still part of: one subtraction less.
    private void WriteOverflow(int bias)
    {
        if (!Saturates)
        {
            _writer.Line($"v -= {Vector}.Create({bias});");
            bias = 0;
        }

        if (_port.Overflow == OverflowMode.Wrap)
        {
            string offset = Column(format => format.Signed ? -format.MinRaw : BigInteger.Zero), mask = Column(format => format.IsZero ? 0 : (BigInteger.One << format.Width) - 1);
            _writer.Line($"v = ((v + {offset}) & {mask}) - {offset};");
            return;
        }

        bool symmetric = _port.Overflow == OverflowMode.SaturateSymmetric;
        string low = Column(format => bias + (symmetric && format.Signed ? -format.MaxRaw : format.MinRaw)), high = Column(format => bias + format.MaxRaw);
        _writer.Line(_port.Overflow == OverflowMode.SaturateToZero
            ? $"v &= {Vector}.GreaterThanOrEqual(v, {low}) & {Vector}.LessThanOrEqual(v, {high});"
            : $"v = {Vector}.Min({Vector}.Max(v, {low}), {high});");
    }

    private string Column(System.Func<FixedPointFormat, BigInteger> value)
    {
        long[] values = _formats.Select(format => (long)value(format)).ToArray();
        return values.Distinct().Count() == 1
            ? $"{Vector}.Create({Literal.Plain(values[0])})"
            : $"{Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.Add(values, "int")}), (nuint)e)";
    }
}
