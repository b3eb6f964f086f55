using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Evaluation;

/// <summary>The rows of a data file as a model's inputs: columns found by the names of its features, in the unit of the data.</summary>
public sealed class ModelSamples
{
    private readonly NumericArray[] _parts;
    private readonly int _size;
    private readonly IReadOnlyList<int>? _rows;

    private ModelSamples(string source, NumericArray[] parts, int size, IReadOnlyList<string> warnings)
    {
        (Source, _parts, _size, Warnings) = (source, parts, size, warnings);
        Count = parts.Sum(part => part.Length / size);
    }

    private ModelSamples(ModelSamples all, IReadOnlyList<int> rows)
        : this(all.Source, all._parts, all._size, all.Warnings) => (_rows, Count) = (rows, rows.Count);

    /// <summary>Where they came from.</summary>
    public string Source { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Treatments worth knowing of, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads features only.</summary>
    /// <param name="path">A delimited text, IDX or NPY file, or a folder with the four MNIST files (training rows, then test rows).</param>
    /// <param name="program">The model.</param>
    /// <param name="description">Names the columns; without names every column but the target is a feature.</param>
    /// <param name="options">The target column, where there is one, and the treatment of missing values.</param>
    /// <exception cref="DataFormatException">Anything about the file is not as the model needs it.</exception>
    public static ModelSamples Load(string path, IntegerProgram program, ModelDescription description, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            LoadedData folder = DatasetLoader.Load(path, new DataOptions());
            return Checked(path, [folder.Data.Features, folder.Test!.Features], program.InputSize, []);
        }

        DataOptions named = description.Features.Count == program.InputSize ? options with { Features = description.Features, Ignored = null } : options;
        return Checked(DataFile.NameOf(path), [DatasetLoader.LoadFeatures(path, named)], program.InputSize, []);
    }

    /// <summary>Wraps features that are at hand.</summary>
    /// <exception cref="DataFormatException">They are no rows of this many features.</exception>
    public static ModelSamples From(string source, NumericArray features, int inputs, IReadOnlyList<string> warnings)
        => Checked(source, [features], inputs, warnings);

    /// <summary>Some of these rows, in the given order.</summary>
    /// <param name="rows">Numbers of rows.</param>
    internal ModelSamples Of(IReadOnlyList<int> rows) => new(this, rows);

    /// <summary>Copies a row.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="inputs">Receives the model's inputs.</param>
    public void CopyTo(int row, Span<double> inputs)
    {
        row = _rows is null ? row : _rows[row];
        foreach (NumericArray part in _parts)
        {
            int rows = part.Length / _size;
            if (row < rows)
            {
                part.CopyTo(row * _size, inputs[.._size]);
                return;
            }

            row -= rows;
        }

        throw new ArgumentOutOfRangeException(nameof(row));
    }

    private static ModelSamples Checked(string source, NumericArray[] parts, int inputs, IReadOnlyList<string> warnings)
    {
        foreach (NumericArray part in parts)
        {
            int size = part.Shape.Count < 2 || part.Shape[0] == 0 ? -1 : part.Length / part.Shape[0];
            if (size != inputs)
            {
                throw new DataFormatException(
                    source,
                    size < 0 ? "no rows of features" : FormattableString.Invariant($"{size} features a row"),
                    FormattableString.Invariant($"the {inputs} inputs of the model"),
                    "Give the data that the model was trained for; a target column is left out by naming it.");
            }

            DatasetLoader.RequireFinite(source, part);
        }

        return new ModelSamples(source, parts, inputs, warnings);
    }
}
