using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary>
/// Predictions as CSV: the row from 0, then of each output the class or the prediction in the target's unit, and its elements; or raw integers only.
/// </summary>
internal sealed class PredictionTable
{
    private const string RowColumn = "hgq_row";

    private readonly FixedPointFormat[] _formats;
    private readonly (OutputSlice Slice, ModelDescription Description)[] _outputs;
    private readonly bool _raw;
    private readonly StringBuilder _text = new(RowColumn);

    public PredictionTable(IntegerProgram program, ModelMetadata metadata, bool raw)
    {
        _raw = raw;
        _formats = [.. program.Outputs.SelectMany(output => program.Buffers[output.Buffer].Formats)];
        _outputs = [.. OutputSlice.Of(program).Select(slice => (slice, ModelDescription.Of(metadata, slice.Size)))];
        foreach ((OutputSlice slice, ModelDescription description) in _outputs)
        {
            foreach (string column in Columns(slice, description))
            {
                _text.Append(',').Append(Quoted(column));
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

        foreach ((OutputSlice slice, ModelDescription description) in _outputs)
        {
            if (Summary(description) is not null)
            {
                _text.Append(',').Append(description.IsClassifier
                    ? Quoted(description.ClassName(ModelEvaluator.ClassOf(values[slice.First..(slice.First + slice.Size)])))
                    : Number((values[slice.First] * description.TargetScale) + description.TargetMean));
            }

            for (int e = slice.First; e < slice.First + slice.Size; e++)
            {
                _text.Append(',').Append(_raw ? _formats[e].FromStorage(results[e]).ToString(CultureInfo.InvariantCulture) : Number(values[e]));
            }
        }

        _text.Append('\n');
    }

    // A column that says what an output stands for; there is none of raw integers, nor of a regression's output that is no single number.
    private string? Summary(ModelDescription description)
        => _raw ? null : description.IsClassifier ? "class" : description.Elements == 1 ? "prediction" : null;

    private IEnumerable<string> Columns(OutputSlice slice, ModelDescription description)
    {
        if (Summary(description) is { } summary)
        {
            yield return _outputs.Length == 1 ? summary : $"{slice.Name}.{summary}";
        }

        for (int e = 0; e < slice.Size; e++)
        {
            yield return slice.ElementName(e);
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
