using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Entry;

/// <summary>Writes the members that describe the model.</summary>
internal sealed class MetadataEmitter
{
    private readonly SourceWriter _writer;
    private readonly IntegerProgram _program;
    private readonly string _hash;
    private readonly HGQ.Model.EquatableArray<string> _classNames;
    private readonly ConstantTables _tables;

    public MetadataEmitter(
        SourceWriter writer, IntegerProgram program, string hash, HGQ.Model.EquatableArray<string> classNames, ConstantTables tables)
    {
        _writer = writer;
        _program = program;
        _hash = hash;
        _classNames = classNames;
        _tables = tables;
    }

    public void Emit()
    {
        Constant("Number of reals of one sample, all input ports together.", "int", "InputSize", Literal.Of(_program.InputSize));
        Constant("Number of integer codes of one sample: the quantized inputs.", "int", "InputCodeSize", Literal.Of(_program.InputCodeSize));
        Constant("Number of results of one sample, all outputs together.", "int", "OutputSize", Literal.Of(_program.OutputSize));
        Constant(
            "Effective bit operations of one sample: the cost that training limited.",
            "double",
            "Ebops",
            _program.Ebops.ToString("G17", CultureInfo.InvariantCulture) + "D");
        Constant("SHA-256 of the model file's text with line ends as \\n.", "string", "ModelHash", $"\"{_hash}\"");
        Shape("InputShape", "Shape of one sample", _program.Inputs.Select(input => input.Shape).ToArray());
        Shape("OutputShape", "Shape of one result", _program.Outputs.Select(output => output.Shape).ToArray());
        EmitClassNames();
        EmitFormats();
    }

    private void Constant(string summary, string type, string name, string value)
    {
        _writer.Line($"/// <summary>{summary}</summary>");
        _writer.Line($"public const {type} {name} = {value};");
        _writer.Line();
    }

    // Several ports have no common shape: their elements lie one behind the other.
    private void Shape(string name, string summary, TensorShape[] shapes)
    {
        IEnumerable<int> sizes = shapes.Length == 1 ? shapes[0].Dimensions : new[] { shapes.Sum(shape => shape.Size) };
        _writer.Line($"/// <summary>{summary}.</summary>");
        _writer.Line($"public static ReadOnlySpan<int> {name} => new int[] {{ {string.Join(", ", sizes.Select(Literal.Of))} }};");
        _writer.Line();
    }

    private void EmitClassNames()
    {
        if (_classNames.Length == 0)
        {
            return;
        }

        _writer.Line("/// <summary>Names of the classes, in the order of the results.</summary>");
        _writer.Line("public static ReadOnlySpan<string> ClassNames => ClassNameList;");
        _writer.Line();
        _writer.Line($"private static readonly string[] ClassNameList = {{ {string.Join(", ", _classNames.Select(StringLiteral.Of))} }};");
        _writer.Line();
    }

    private void EmitFormats()
    {
        var layout = new CodeLayout(_program);
        _writer.Line("/// <summary>Formats of the input codes: the value of a code is code · 2^−FractionBits.</summary>");
        _writer.Line("public static ReadOnlySpan<FixedPointFormat> InputFormats => Formats.Inputs;");
        _writer.Line();
        _writer.Line("/// <summary>Formats of the raw results: the value of a result is result · 2^−FractionBits.</summary>");
        _writer.Line("public static ReadOnlySpan<FixedPointFormat> OutputFormats => Formats.Outputs;");
        _writer.Line();
        _writer.Line("/// <summary>A fixed-point format.</summary>");
        _writer.Line("/// <param name=\"Signed\">Whether a sign bit is kept.</param>");
        _writer.Line("/// <param name=\"IntegerBits\">Integer bits without the sign; may be negative.</param>");
        _writer.Line("/// <param name=\"FractionBits\">Fraction bits; may be negative.</param>");
        _writer.Line("public readonly record struct FixedPointFormat(bool Signed, int IntegerBits, int FractionBits);");
        _writer.Line();
        _writer.Open("private static class Formats");
        EmitList("Inputs", layout.InputFormats.ToArray());
        EmitList("Outputs", layout.OutputFormats.ToArray());
        _writer.Line();
        _writer.Open("private static FixedPointFormat[] Read(int count, ReadOnlySpan<sbyte> signed, ReadOnlySpan<int> integerBits, ReadOnlySpan<int> fractionBits)");
        _writer.Line("FixedPointFormat[] formats = new FixedPointFormat[count];");
        _writer.Open("for (int n = 0; n < count; n++)");
        _writer.Line("formats[n] = new FixedPointFormat(signed[n % signed.Length] != 0, integerBits[n % integerBits.Length], fractionBits[n % fractionBits.Length]);");
        _writer.Close();
        _writer.Line();
        _writer.Line("return formats;");
        _writer.Close();
        _writer.Close();
    }

    private void EmitList(string name, FixedPointFormat[] formats)
    {
        string Column(System.Func<FixedPointFormat, long> value, string type)
        {
            long[] values = formats.Select(value).ToArray();
            return _tables.Add(values.Distinct().Count() == 1 ? new[] { values[0] } : values, type);
        }

        string signed = Column(f => f.Signed ? 1 : 0, "sbyte"), integer = Column(f => f.IntegerBits, "int"), fraction = Column(f => f.FractionBits, "int");
        _writer.Line($"internal static readonly FixedPointFormat[] {name} = Read({formats.Length}, {signed}, {integer}, {fraction});");
    }
}
