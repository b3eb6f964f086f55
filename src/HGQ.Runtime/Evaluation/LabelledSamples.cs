using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Evaluation;

/// <summary>Rows of a data file with what the model should say about them.</summary>
/// <param name="Samples">The rows.</param>
/// <param name="Classes">Class number of each row in the model's order; empty for a regression.</param>
/// <param name="Targets">Target of each row in its own unit; empty for a classification.</param>
public sealed record LabelledSamples(ModelSamples Samples, IReadOnlyList<int> Classes, IReadOnlyList<double> Targets)
{
    /// <summary>Reads features and targets.</summary>
    /// <param name="path">A delimited text file with the target as a column, or an IDX or NPY file with the labels in another file.</param>
    /// <param name="program">The model.</param>
    /// <param name="description">What its metadata tell of the outputs that the targets are for.</param>
    /// <param name="options">Names the target: a column, or a file of labels.</param>
    /// <exception cref="DataFormatException">Anything about the files is not as the model needs it.</exception>
    public static LabelledSamples Load(string path, IntegerProgram program, ModelDescription description, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            LoadedData folder = DatasetLoader.Load(path, options);
            return Encode(ModelSamples.From(path, folder.Test!.Features, program.InputSize, []), Labels(folder.Test), null, description);
        }

        if (options.Target is { } target && File.Exists(target))
        {
            return Encode(ModelSamples.Load(path, program, description, options), Labels(target), null, description);
        }

        bool named = description.Features.Count == program.InputSize;
        DelimitedTable table = DelimitedTextReader.Read(path, new DelimitedTextOptions
        {
            Target = options.Target,
            Features = named ? description.Features : options.Features,
            Delimiter = options.Delimiter,
            Missing = options.Missing,
        });
        string[] warnings = table.DroppedRows == 0
            ? []
            : [FormattableString.Invariant($"{path}: {table.DroppedRows} of {table.DroppedRows + table.RowCount} rows were left out because of missing values.")];
        return Encode(ModelSamples.From(path, table.Features, program.InputSize, warnings), table.Target!, table, description);
    }

    private static IReadOnlyList<string> Labels(Dataset data)
        => data.Target is ClassLabels classes ? [.. classes.Labels.Select(label => classes.ClassNames[label])] : [];

    private static IReadOnlyList<string> Labels(string path)
    {
        NumericArray labels = DatasetLoader.LoadFeatures(path, new DataOptions());
        return [.. Enumerable.Range(0, labels.Length).Select(n => labels[n].ToString("R", CultureInfo.InvariantCulture))];
    }

    private static LabelledSamples Encode(
        ModelSamples samples, IReadOnlyList<string> cells, DelimitedTable? table, ModelDescription description)
    {
        if (cells.Count != samples.Count)
        {
            throw new DataFormatException(
                samples.Source,
                FormattableString.Invariant($"{cells.Count} labels for {samples.Count} rows"),
                "one label a row",
                "Check that both files belong together.");
        }

        return description.IsClassifier
            ? new LabelledSamples(samples, ClassesOf(samples, cells, table, description), [])
            : new LabelledSamples(samples, [], TargetsOf(samples, cells, table));
    }

    private static int[] ClassesOf(ModelSamples samples, IReadOnlyList<string> cells, DelimitedTable? table, ModelDescription description)
    {
        string[] names = [.. Enumerable.Range(0, description.Elements).Select(description.ClassName)];
        var numbers = names.Select(static (name, number) => (Key: Canonical(name), number)).ToDictionary(static n => n.Key, static n => n.number);
        var classes = new int[cells.Count];
        for (int n = 0; n < classes.Length; n++)
        {
            if (!numbers.TryGetValue(Canonical(cells[n]), out classes[n]))
            {
                throw Refuse(samples, table, n, $"the class \"{cells[n]}\"", "one of " + string.Join(", ", names.Take(30)));
            }
        }

        return classes;
    }

    private static double[] TargetsOf(ModelSamples samples, IReadOnlyList<string> cells, DelimitedTable? table)
    {
        var targets = new double[cells.Count];
        for (int n = 0; n < targets.Length; n++)
        {
            bool number = double.TryParse(cells[n], NumberStyles.Float, CultureInfo.InvariantCulture, out targets[n]);
            if (!number || !double.IsFinite(targets[n]))
            {
                throw Refuse(samples, table, n, $"\"{cells[n]}\"", "a finite number as target");
            }
        }

        return targets;
    }

    private static DataFormatException Refuse(ModelSamples samples, DelimitedTable? table, int row, string found, string expected) => new(
        samples.Source, found, expected, "Correct the row, or name another target.", table?.Lines[row] ?? row + 1, table?.TargetColumn ?? 0);

    // 8 and 8.0 are the same class.
    private static string Canonical(string name) => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : name;
}
