using System;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary>
/// Predictions as CSV: the row from 0, then raw integers; or the class or the prediction in the target's unit, then the outputs.
/// </summary>
internal sealed class PredictionTable
{
    private const string RowColumn = "hgq_row";

    private readonly FixedPointFormat[] _formats;
    private readonly ModelDescription _description;
    private readonly bool _raw;
    private readonly StringBuilder _text = new(RowColumn);

    public PredictionTable(IntegerProgram program, ModelDescription description, bool raw)
    {
        (_description, _raw) = (description, raw);
        _formats = [.. program.Outputs.SelectMany(output => program.Buffers[output.Buffer].Formats)];
        _text.Append(raw ? "" : description.IsClassifier ? ",class" : ",prediction");
        foreach (ProgramOutput output in program.Outputs)
        {
            for (int e = 0; e < output.Shape.Size; e++)
            {
                _text.Append(',').Append(Quoted(string.Create(CultureInfo.InvariantCulture, $"{output.Name}[{e}]")));
            }
        }

        _text.Append('\n');
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether a file that begins so was written here.</summary>
    public static bool IsOurs(string head) => head.StartsWith(RowColumn + ",", StringComparison.Ordinal);

    /// <summary>Adds the raw results of some samples.</summary>
    public void Add(long[] results)
    {
        for (int first = 0; first < results.Length; first += _formats.Length)
        {
            AddRow(results.AsSpan(first, _formats.Length));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void AddRow(ReadOnlySpan<long> results)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{Rows++}");
        var values = new double[results.Length];
        for (int e = 0; e < values.Length; e++)
        {
            values[e] = FixedPointArithmetic.ToDouble(results[e], _formats[e]);
        }

        if (!_raw)
        {
            _text.Append(',').Append(_description.IsClassifier
                ? Quoted(_description.ClassName(ModelEvaluator.ClassOf(values)))
                : Number((values[0] * _description.TargetScale) + _description.TargetMean));
        }

        for (int e = 0; e < values.Length; e++)
        {
            _text.Append(',').Append(_raw ? _formats[e].FromStorage(results[e]).ToString(CultureInfo.InvariantCulture) : Number(values[e]));
        }

        _text.Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
