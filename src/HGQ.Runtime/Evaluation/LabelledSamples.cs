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
    /// <param name="options">Names the target: a column, or a file of labels; where it names none, the model's metadata may.</param>
    /// <exception cref="DataFormatException">Anything about the files is not as the model needs it.</exception>
    public static LabelledSamples Load(string path, IntegerProgram program, ModelDescription description, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            LoadedData folder = DatasetLoader.Load(path, options);
            return Of(folder.Test!, program, description);
        }

        DatasetLoader.RequireOneStandardInput(path, options);
        byte[] bytes = DataFile.ReadAllBytes(path);
        string name = DataFile.NameOf(path);
        if (DatasetLoader.ParseArray(path, bytes) is { } features)
        {
            string labels = options.Target ?? throw new DataFormatException(
                name, "an array without labels", "the file with the labels", "Name the IDX or NPY file that holds a label or number a row (--target).");
            return Encode(ModelSamples.From(name, features, program.InputSize, []), DatasetLoader.LoadLabels(labels), description);
        }

        return FromTable(path, bytes, program, description, options with { Target = options.Target ?? description.Target });
    }

    /// <summary>The rows of a data set that is at hand.</summary>
    /// <exception cref="DataFormatException">They do not fit the model.</exception>
    internal static LabelledSamples Of(Dataset data, IntegerProgram program, ModelDescription description)
    {
        ModelSamples samples = ModelSamples.From(data.Source, data.Features, program.InputSize, data.Warnings);
        TargetCells cells = data.Target is RealTargets reals
            ? new TargetCells(data.Source, [.. reals.Values.Select(static value => value.ToString("R", CultureInfo.InvariantCulture))], data.Lines, 0, reals.Name, [.. reals.Values])
            : Labels(data);
        return Encode(samples, cells, description);
    }

    /// <summary>Some of these rows, in the given order.</summary>
    /// <param name="rows">Numbers of rows.</param>
    public LabelledSamples Of(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new LabelledSamples(
            Samples.Of(rows), Classes.Count == 0 ? [] : [.. rows.Select(row => Classes[row])], Targets.Count == 0 ? [] : [.. rows.Select(row => Targets[row])]);
    }

    private static LabelledSamples FromTable(
        string path, byte[] bytes, IntegerProgram program, ModelDescription description, DataOptions options)
    {
        bool named = description.Features.Count == program.InputSize;
        var warnings = new List<string>();
        DelimitedTable table = DatasetLoader.ReadTable(
            path, bytes, named ? options with { Features = description.Features, Ignored = null } : options, warnings);
        return Encode(ModelSamples.From(table.File, table.Features, program.InputSize, warnings), TargetCells.Of(table, options.Target!), description);
    }

    private static TargetCells Labels(Dataset data) => data.Target is ClassLabels classes
        ? new TargetCells(data.Source, [.. classes.Labels.Select(label => classes.ClassNames[label])], data.Lines, 0, classes.Name, null)
        : new TargetCells(data.Source, [], [], 0, "target", null);

    private static LabelledSamples Encode(ModelSamples samples, TargetCells cells, ModelDescription description)
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
            ? new LabelledSamples(samples, ClassesOf(cells, description), [])
            : new LabelledSamples(samples, [], TargetsOf(cells));
    }

    private static int[] ClassesOf(TargetCells cells, ModelDescription description)
    {
        string[] names = [.. Enumerable.Range(0, description.Elements).Select(description.ClassName)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            numbers.TryAdd(name, numbers.Count);
        }

        // Without names a class is its number, however that is written.
        IReadOnlyList<string> keys = cells.Keys(description.Classes.Count == 0 ? LabelReading.Numbers : description.Labels);
        var classes = new int[cells.Count];
        for (int n = 0; n < classes.Length; n++)
        {
            if (!numbers.TryGetValue(keys[n], out classes[n]))
            {
                throw cells.Wrong(
                    n, "one of " + string.Join(", ", names.Take(30)) + (names.Length > 30 ? ", …" : ""), Remedy(keys[n], names), $"the class \"{cells.Texts[n]}\"");
            }
        }

        return classes;
    }

    private static string Remedy(string label, string[] names) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && names.FirstOrDefault(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double other) && other == number) is { } name
            ? $"Labels are compared as text: write {name}, or train with --labels numbers."
            : "Correct the row, or name another target.";

    private static double[] TargetsOf(TargetCells cells)
    {
        double[]? targets = cells.Numbers(out int wrong);
        wrong = targets is null ? wrong : Array.FindIndex(targets, static x => FiniteNumber.Problem(x) is not null);
        return wrong < 0 && targets is not null
            ? targets
            : throw cells.Wrong(wrong, "a finite number as target", "Correct the row, or name another target.");
    }
}
