using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Writes the conversion of reals eight at a time; whatever it does not hold exactly is left to the conversion one by one.</summary>
internal sealed class EncodeRow
{
    private const int Lanes = 8;
    private readonly SourceWriter _writer;
    private readonly ConstantTables _tables;
    private readonly FixedPointFormat[] _formats;
    private readonly LaneType _stored;
    private readonly QuantizeInputInstruction _port;
    private readonly Standardization? _standardization;

    public EncodeRow(
        SourceWriter writer, ConstantTables tables, ProgramBuffer buffer, LaneType stored, QuantizeInputInstruction port, Standardization? standardization)
    {
        _writer = writer;
        _tables = tables;
        _formats = buffer.Formats.ToArray();
        _stored = stored;
        _port = port;
        _standardization = standardization;
    }

    // Rounding happens in single precision, which is exact below 2^22; plain doubles would lose bits on the way.
    private bool Fits(string type) => (type == "float" || _standardization is not null)
        && _formats.Length >= Lanes
        && _stored == LaneType.Int16
        && _formats.All(format => format.FractionBits is >= -60 and <= 60);

    public void WriteVectors(int number, string type)
    {
        if (!Fits(type))
        {
            return;
        }

        _writer.Open("if (Vector256.IsHardwareAccelerated)");
        _writer.Line("Vector256<int> exact = Vector256<int>.AllBitsSet;");
        _writer.Line("int e = 0;");
        _writer.Open($"for (; e <= {_formats.Length - Lanes}; e += {Lanes})");
        WriteLoad(type);
        WriteCodes();
        _writer.Line("Vector128.Narrow(v.GetLower(), v.GetUpper()).StoreUnsafe(ref codes, (nuint)e);");
        _writer.Close();
        _writer.Line();
        _writer.Open("if (exact == Vector256<int>.AllBitsSet)");
        if (_formats.Length % Lanes != 0)
        {
            _writer.Open($"for (; e < {_formats.Length}; e++)");
            _writer.Line($"double rest = {Rest()};");
            _writer.Line($"Unsafe.Add(ref codes, e) = unchecked((short)Encode{number}(rest, e, index + e));");
            _writer.Close();
            _writer.Line();
        }

        _writer.Line("return;");
        _writer.Close();
        _writer.Close();
        _writer.Line();
    }

    private string Rest() => _standardization is null
        ? "Unsafe.Add(ref inputs, e)"
        : $"(float)(((double)Unsafe.Add(ref inputs, e) - {Reals(_standardization.Mean)}[e]) / {Reals(_standardization.Scale)}[e])";

    private void WriteLoad(string type)
    {
        if (_standardization is null)
        {
            _writer.Line("Vector256<float> x = Vector256.LoadUnsafe(ref inputs, (nuint)e);");
            return;
        }

        string mean = Reals(_standardization.Mean), scale = Reals(_standardization.Scale);
        if (type == "float")
        {
            _writer.Line("Vector256<float> input = Vector256.LoadUnsafe(ref inputs, (nuint)e);");
        }

        string Half(int n, string widen) => type == "float" ? $"Vector256.{widen}(input)" : $"Vector256.LoadUnsafe(ref inputs, (nuint)(e + {Literal.Of(4 * n)}))";
        string Table(string name, int n) => $"Vector256.LoadUnsafe(ref MemoryMarshal.GetReference({name}), (nuint)(e + {Literal.Of(4 * n)}))";
        _writer.Line($"Vector256<double> low = ({Half(0, "WidenLower")} - {Table(mean, 0)}) / {Table(scale, 0)};");
        _writer.Line($"Vector256<double> high = ({Half(1, "WidenUpper")} - {Table(mean, 1)}) / {Table(scale, 1)};");
        _writer.Line("Vector256<float> x = Vector256.Narrow(low, high);");
    }

    private void WriteCodes()
    {
        string[] factors = _formats.Select(format => CodeLayout.PowerOfTwo(format.FractionBits).TrimEnd('D') + "F").ToArray();
        string factor = factors.Distinct().Count() == 1
            ? $"Vector256.Create({factors[0]})"
            : $"Vector256.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.AddReals(factors, "float")}), (nuint)e)";
        _writer.Line($"Vector256<float> y = x * {factor};");
        _writer.Line("exact &= Vector256.LessThan(Vector256.Abs(y), Vector256.Create(4194304F)).AsInt32();");
        if (_formats.Any(format => format.FractionBits < 0))
        {
            _writer.Line("exact &= (Vector256.GreaterThan(Vector256.Abs(y), Vector256.Create(1E-30F)) | Vector256.Equals(x, Vector256<float>.Zero)).AsInt32();");
        }

        _writer.Line("Vector256<float> floor = Vector256.Floor(y);");
        _writer.Line("Vector256<int> v = (floor + Vector256.Create(12582912F)).AsInt32() - Vector256.Create(0x4B400000);");
        WriteRounding();
        WriteOverflow();
    }

    // A comparison that holds is −1.
    private void WriteRounding()
    {
        string? raised = _port.Rounding switch
        {
            RoundingMode.Truncate => null,
            RoundingMode.TruncateToZero => "Vector256.LessThan(y, Vector256<float>.Zero) & ~Vector256.Equals(y, floor)",
            RoundingMode.RoundHalfUp => "Vector256.GreaterThanOrEqual(y, half)",
            RoundingMode.RoundHalfToZero => "Vector256.GreaterThan(y, half) | (Vector256.Equals(y, half) & Vector256.LessThan(y, Vector256<float>.Zero))",
            RoundingMode.RoundHalfDown => "Vector256.GreaterThan(y, half)",
            RoundingMode.RoundHalfAway => "Vector256.GreaterThan(y, half) | (Vector256.Equals(y, half) & Vector256.GreaterThanOrEqual(y, Vector256<float>.Zero))",
            RoundingMode.RoundHalfEven => "Vector256.GreaterThan(y, half) | (Vector256.Equals(y, half) & Vector256.Equals(v & Vector256<int>.One, Vector256<int>.One).AsSingle())",
            _ => throw new System.ArgumentOutOfRangeException(nameof(_port), _port.Rounding, "This is no rounding mode."),
        };
        if (raised is null)
        {
            return;
        }

        if (_port.Rounding != RoundingMode.TruncateToZero)
        {
            _writer.Line("Vector256<float> half = floor + Vector256.Create(0.5F);");
        }

        _writer.Line($"v -= ({raised}).AsInt32();");
    }

    private void WriteOverflow()
    {
        if (_port.Overflow == OverflowMode.Wrap)
        {
            string offset = Column(format => format.Signed ? -format.MinRaw : BigInteger.Zero), mask = Column(format => format.IsZero ? 0 : (BigInteger.One << format.Width) - 1);
            _writer.Line($"v = ((v + {offset}) & {mask}) - {offset};");
            return;
        }

        bool symmetric = _port.Overflow == OverflowMode.SaturateSymmetric;
        string low = Column(format => symmetric && format.Signed ? -format.MaxRaw : format.MinRaw), high = Column(format => format.MaxRaw);
        _writer.Line(_port.Overflow == OverflowMode.SaturateToZero
            ? $"v &= Vector256.GreaterThanOrEqual(v, {low}) & Vector256.LessThanOrEqual(v, {high});"
            : $"v = Vector256.Min(Vector256.Max(v, {low}), {high});");
    }

    private string Column(System.Func<FixedPointFormat, BigInteger> value)
    {
        long[] values = _formats.Select(format => (long)value(format)).ToArray();
        return values.Distinct().Count() == 1
            ? $"Vector256.Create({Literal.Plain(values[0])})"
            : $"Vector256.LoadUnsafe(ref MemoryMarshal.GetReference({_tables.Add(values, "int")}), (nuint)e)";
    }

    private string Reals(HGQ.Model.EquatableArray<string> decimals) => _tables.AddReals(decimals.Select(RealLiteral.Of).ToArray());
}
