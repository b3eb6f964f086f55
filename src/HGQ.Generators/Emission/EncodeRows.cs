using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Writes the conversion of reals a vector at a time; whatever it does not hold exactly is left to the conversion one by one.</summary>
internal sealed class EncodeRows
{
    // A real y with |y| < 2^22 that is a whole number has y + Magic as a float whose bits are MagicBits + y.
    private const string Magic = "12582912F", MagicAndOne = "12582913F";
    private const int MagicBits = 0x4B400000;
    private readonly SourceWriter _writer;
    private readonly ConstantTables _tables;
    private readonly FixedPointFormat[] _formats;
    private readonly LaneType _stored;
    private readonly QuantizeInputInstruction _port;
    private readonly Standardization? _standardization;
    private readonly RowSteps _steps;
    private int _bits;

    public EncodeRows(
        SourceWriter writer, ConstantTables tables, ProgramBuffer buffer, LaneType stored, QuantizeInputInstruction port, Standardization? standardization)
    {
        _steps = new RowSteps(writer, ElementTiles.Of(buffer.Length));
        _writer = writer;
        _tables = tables;
        _formats = buffer.Formats.ToArray();
        _stored = stored;
        _port = port;
        _standardization = standardization;
    }

    private string Vector => "Vector" + Literal.Of(_bits);

    private int Lanes => _bits / 32;

    // Twice the real is floored, so that half a step is a whole number; one is added, and the last bit dropped.
    private bool HalfUp => _port.Rounding == RoundingMode.RoundHalfUp;

    // Limits are compared with what the bias is still part of: one subtraction less.
    private int Bias => !Saturates ? 0 : HalfUp ? MagicBits / 2 : MagicBits;

    private bool Saturates => _port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric;

    /// <summary>Writes the vector code for all samples; it returns where every real was converted exactly.</summary>
    public void WriteVectors(string type)
    {
        if (type == "float" && _standardization is null && _stored == LaneType.Int16
            && new EncodeSaturated(_writer, _tables, _formats, _port, _steps) is { Fits: true } saturated)
        {
            saturated.WriteVectors();
            return;
        }

        WriteVectors(type, 512, "Avx512F.IsSupported");
        WriteVectors(type, 256, "Vector256.IsHardwareAccelerated");
    }

    // Rounding happens in single precision, which is exact below 2^22; plain doubles would lose bits on the way.
    private bool Fits(string type) => (type == "float" || _standardization is not null)
        && _formats.Length >= Lanes
        && _stored == LaneType.Int16
        && _formats.All(format => format.FractionBits is >= -60 and <= 60);

    private void WriteVectors(string type, int bits, string condition)
    {
        _bits = bits;
        if (!Fits(type))
        {
            return;
        }

        bool tiny = _formats.Any(format => format.FractionBits < 0);
        _writer.Open($"if ({condition})");
        _writer.Line($"{Vector}<int> largest = {Vector}<int>.Zero;");
        if (tiny)
        {
            _writer.Line($"{Vector}<int> exact = {Vector}<int>.AllBitsSet;");
        }

        _writer.Open("for (int s = 0; s < count; s++)");
        _writer.Line($"ref {type} row = ref Unsafe.Add(ref inputs, s * inputStride);");
        _writer.Line("ref short target = ref Unsafe.Add(ref codes, s * codeStride);");
        _steps.Open(Lanes);
        WriteLoad(type);
        WriteCodes(tiny);
        _writer.Line(bits == 512
            ? $"Avx512F.ConvertToVector256Int16(v).StoreUnsafe(ref target, {_steps.Target});"
            : $"Vector128.Narrow(v.GetLower(), v.GetUpper()).StoreUnsafe(ref target, {_steps.Target});");
        _steps.Close(Lanes);
        _writer.Close();
        _writer.Line();
        _writer.Line("// 2^22 and beyond, and what is no number, has to be looked at one by one.");
        _writer.Open($"if ({Vector}.LessThanAll(largest, {Vector}.Create(0x4A800000)){(tiny ? $" && exact == {Vector}<int>.AllBitsSet" : string.Empty)})");
        _writer.Line("return;");
        _writer.Close();
        _writer.Close();
        _writer.Line();
    }

    private void WriteLoad(string type)
    {
        if (_standardization is null)
        {
            _writer.Line($"{Vector}<float> x = {Vector}.LoadUnsafe(ref row, (nuint)e);");
            return;
        }

        string mean = Reals(_standardization.Mean), scale = Reals(_standardization.Scale);
        if (type == "float")
        {
            _writer.Line($"{Vector}<float> input = {Vector}.LoadUnsafe(ref row, (nuint)e);");
        }

        string Place(int n) => n == 0 ? "(nuint)e" : $"(nuint)(e + {Literal.Of(Lanes / 2)})";
        string Half(int n) => type == "float" ? $"{Vector}.{(n == 0 ? "WidenLower" : "WidenUpper")}(input)" : $"{Vector}.LoadUnsafe(ref row, {Place(n)})";
        string Table(string name, int n) => $"{Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({name}), {Place(n)})";
        _writer.Line($"{Vector}<double> low = ({Half(0)} - {Table(mean, 0)}) / {Table(scale, 0)};");
        _writer.Line($"{Vector}<double> high = ({Half(1)} - {Table(mean, 1)}) / {Table(scale, 1)};");
        _writer.Line($"{Vector}<float> x = {Vector}.Narrow(low, high);");
    }

    private void WriteCodes(bool tiny)
    {
        string[] factors = _formats.Select(format => CodeLayout.PowerOfTwo(format.FractionBits + (HalfUp ? 1 : 0)).TrimEnd('D') + "F").ToArray();
        string factor = factors.Distinct().Count() == 1
            ? $"{Vector}.Create({factors[0]})"
            : $"{Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.AddReals(factors, "float")}), (nuint)e)";
        _writer.Line($"{Vector}<float> y = x * {factor};");
        _writer.Line($"largest = {Vector}.Max(largest, {Vector}.Abs(y).AsInt32());");
        if (tiny)
        {
            _writer.Line($"exact &= ({Vector}.GreaterThan({Vector}.Abs(y), {Vector}.Create(1E-30F)) | {Vector}.Equals(x, {Vector}<float>.Zero)).AsInt32();");
        }

        _writer.Line($"{Vector}<float> floor = {Vector}.Floor(y);");
        if (HalfUp)
        {
            _writer.Line($"{Vector}<int> v = (floor + {Vector}.Create({MagicAndOne})).AsInt32() >> 1;");
        }
        else
        {
            _writer.Line($"{Vector}<int> v = (floor + {Vector}.Create({Magic})).AsInt32();");
            WriteRounding();
        }

        WriteOverflow();
    }

    // A comparison that holds is −1.
    private void WriteRounding()
    {
        string? raised = _port.Rounding switch
        {
            RoundingMode.Truncate => null,
            RoundingMode.TruncateToZero => "V.LessThan(y, V<float>.Zero) & ~V.Equals(y, floor)",
            RoundingMode.RoundHalfToZero => "V.GreaterThan(y, half) | (V.Equals(y, half) & V.LessThan(y, V<float>.Zero))",
            RoundingMode.RoundHalfDown => "V.GreaterThan(y, half)",
            RoundingMode.RoundHalfAway => "V.GreaterThan(y, half) | (V.Equals(y, half) & V.GreaterThanOrEqual(y, V<float>.Zero))",
            RoundingMode.RoundHalfEven => "V.GreaterThan(y, half) | (V.Equals(y, half) & V.Equals(v & V<int>.One, V<int>.One).AsSingle())",
            _ => throw new System.ArgumentOutOfRangeException(nameof(_port), _port.Rounding, "This is no rounding mode."),
        };
        if (raised is null)
        {
            return;
        }

        if (_port.Rounding != RoundingMode.TruncateToZero)
        {
            _writer.Line($"{Vector}<float> half = floor + {Vector}.Create(0.5F);");
        }

        _writer.Line($"v -= ({raised.Replace("V.", Vector + ".").Replace("V<", Vector + "<")}).AsInt32();");
    }

    private void WriteOverflow()
    {
        if (!Saturates)
        {
            _writer.Line($"v -= {Vector}.Create({(HalfUp ? MagicBits / 2 : MagicBits)});");
        }

        if (_port.Overflow == OverflowMode.Wrap)
        {
            string offset = Column(format => format.Signed ? -format.MinRaw : BigInteger.Zero), mask = Column(format => format.IsZero ? 0 : (BigInteger.One << format.Width) - 1);
            _writer.Line($"v = ((v + {offset}) & {mask}) - {offset};");
            return;
        }

        bool symmetric = _port.Overflow == OverflowMode.SaturateSymmetric;
        string low = Column(format => Bias + (symmetric && format.Signed ? -format.MaxRaw : format.MinRaw)), high = Column(format => Bias + format.MaxRaw);
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

    private string Reals(HGQ.Model.EquatableArray<string> decimals) => _tables.AddReals(decimals.Select(RealLiteral.Of).ToArray());
}
