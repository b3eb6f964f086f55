using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>Reads a data set from a file, whatever its format: by content for IDX and NPY, else as delimited text.</summary>
public static class DatasetLoader
{
    /// <summary>Reads a file, or a folder with the four MNIST files.</summary>
    /// <returns>The data, and the test rows where they are files of their own.</returns>
    /// <exception cref="DataFormatException">Anything about the files is not as it should be.</exception>
    public static LoadedData Load(string path, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            return LoadFolder(path);
        }

        RequireOneStandardInput(path, options);
        return new LoadedData(Parse(path, DataFile.ReadPacked(path), options), null);
    }

    /// <summary>Reads a file whose bytes are at hand.</summary>
    internal static Dataset Parse(string path, byte[] packed, DataOptions options)
    {
        byte[] bytes = DataFile.Unpacked(path, packed);
        NumericArray? array = ParseArray(path, bytes);
        return array is null ? LoadTable(path, bytes, options) : LoadArray(path, array, options);
    }

    /// <summary>Reads features only, as for predictions: every column of a table, or those that are named.</summary>
    /// <exception cref="DataFormatException">Anything about the file is not as it should be.</exception>
    public static NumericArray LoadFeatures(string path, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        byte[] bytes = DataFile.ReadAllBytes(path);
        return ParseArray(path, bytes) ?? DelimitedTextReader.Parse(path, bytes, TextOptions(options)).Features;
    }

    /// <summary>An IDX or NPY file's array; null where it is text.</summary>
    internal static NumericArray? ParseArray(string path, byte[] bytes) =>
        NpyReader.IsNpy(bytes) ? NpyReader.Parse(DataFile.NameOf(path), bytes)
        : IdxReader.IsIdx(bytes) ? IdxReader.Parse(DataFile.NameOf(path), bytes)
        : null;

    /// <summary>Reads the labels of an array file.</summary>
    /// <exception cref="DataFormatException">The file is no IDX or NPY file, or its elements are no labels.</exception>
    internal static TargetCells LoadLabels(string path)
    {
        byte[] bytes = DataFile.ReadAllBytes(path);
        string name = Path.GetFileName(path);
        return NpyReader.IsNpy(bytes) ? NpyReader.ParseLabels(DataFile.NameOf(path), bytes, name)
            : IdxReader.IsIdx(bytes) ? Labels(DataFile.NameOf(path), IdxReader.Parse(DataFile.NameOf(path), bytes), name)
            : throw new DataFormatException(
                DataFile.NameOf(path), "text", "an IDX or NPY file with the labels", "The labels of an array file are an array file too.");
    }

    /// <summary>Numbers as labels, with all their digits.</summary>
    internal static TargetCells Labels(string file, NumericArray labels, string name)
    {
        var numbers = new double[labels.Length];
        labels.CopyTo(0, numbers);
        var cells = new TargetCells(file, [.. Enumerable.Range(0, labels.Length).Select(labels.TextOf)], [], 0, name, numbers);
        int wrong = Array.FindIndex(numbers, static x => !double.IsFinite(x));
        return wrong < 0
            ? cells
            : throw cells.Wrong(wrong, "finite numbers", "Correct or remove the row.", FormattableString.Invariant($"{numbers[wrong]}"));
    }

    internal static void RequireOneStandardInput(string path, DataOptions options)
    {
        if (path == DataFile.StandardInput && options.Target == DataFile.StandardInput)
        {
            throw new DataFormatException(DataFile.NameOf(path), "data and target", "one of them there", "Give the other one as a file.");
        }
    }

    private static DelimitedTextOptions TextOptions(DataOptions options) => new()
    {
        Target = options.Target,
        Features = options.Features,
        Ignored = options.Ignored,
        Delimiter = options.Delimiter,
        Missing = options.Missing,
    };

    /// <summary>Reads a table whose target is one of its columns, and tells of the rows that it left out.</summary>
    /// <exception cref="DataFormatException">No target is named, or anything about the table is not as it should be.</exception>
    internal static DelimitedTable ReadTable(string path, byte[] bytes, DataOptions options, List<string> warnings)
    {
        if (options.Target is null)
        {
            string columns = string.Join(", ", DelimitedTextReader.ParseHeader(path, bytes, options.Delimiter).Take(20));
            throw new DataFormatException(
                DataFile.NameOf(path), "no target named", "the name of the target column", "Name one of: " + columns + " (--target).");
        }

        DelimitedTable table = DelimitedTextReader.Parse(path, bytes, TextOptions(options));
        if (table.DroppedRows > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"{table.File}: {table.DroppedRows} of {table.DroppedRows + table.RowCount} rows were left out because of missing values."));
        }

        return table;
    }

    private static Dataset LoadTable(string path, byte[] bytes, DataOptions options)
    {
        var warnings = new List<string>();
        DelimitedTable table = ReadTable(path, bytes, options, warnings);
        warnings.AddRange(ConstantColumns(table));
        DatasetTarget target = TargetEncoder.Encode(TargetCells.Of(table, options.Target!), options, warnings);
        return new Dataset(table.File, table.Features, table.FeatureNames, target) { Warnings = warnings, Lines = table.Lines };
    }

    private static IEnumerable<string> ConstantColumns(DelimitedTable table)
    {
        int columns = table.FeatureNames.Count;
        for (int c = 0; c < columns; c++)
        {
            double first = table.Features[c];
            if (Enumerable.Range(1, table.RowCount - 1).All(r => table.Features[(r * columns) + c] == first))
            {
                yield return FormattableString.Invariant(
                    $"{table.File}: column \"{table.FeatureNames[c]}\" is {first} in all {table.RowCount} rows: it carries nothing.");
            }
        }
    }

    private static Dataset LoadArray(string path, NumericArray features, DataOptions options)
    {
        if (options.Target is null)
        {
            throw new DataFormatException(
                path, "no target named", "the file with the labels", "Name the IDX or NPY file that holds a label or number a row.");
        }

        if (options.Features is not null || options.Ignored is not null)
        {
            throw new DataFormatException(
                DataFile.NameOf(path), "an array without names", "named columns to choose from", "Leave --features and --ignore out, or save the data as text.");
        }

        return Pair(DataFile.NameOf(path), features, LoadLabels(options.Target), options);
    }

    private static Dataset Pair(string path, NumericArray features, TargetCells labels, DataOptions options)
    {
        if (features.Shape.Count < 2 || features.Length == 0)
        {
            throw new DataFormatException(
                path, Shape(features), "rows of features: at least two dimensions, none of them 0", "Reshape the array to (rows, features).");
        }

        if (labels.Count != features.Shape[0])
        {
            throw new DataFormatException(
                labels.File, FormattableString.Invariant($"{labels.Count} labels"), FormattableString.Invariant($"one label for each of {features.Shape[0]} rows"),
                "Check that both files belong together.");
        }

        RequireFinite(path, features);
        var warnings = new List<string>();
        return new Dataset(path, features, [], TargetEncoder.Encode(labels, options, warnings)) { Warnings = warnings };
    }

    private static LoadedData LoadFolder(string folder)
    {
        Dataset Part(string prefix)
        {
            string images = Find(folder, prefix + "-images-idx3-ubyte");
            TargetCells labels = LoadLabels(Find(folder, prefix + "-labels-idx1-ubyte"));
            return Pair(images, IdxReader.Read(images), labels, new DataOptions { Task = LearningTask.Classification });
        }

        return new LoadedData(Part("train"), Part("t10k"));
    }

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        string packed = plain + ".gz";
        return File.Exists(packed) ? packed
            : File.Exists(plain) ? plain
            : throw new DataFormatException(
                folder, "no " + name + "[.gz]", "the four MNIST files", "Name a file instead, or complete the folder.");
    }

    internal static void RequireFinite(string path, NumericArray features)
    {
        if (FiniteNumber.FindWrong(features) is { } wrong)
        {
            int size = features.Length / features.Shape[0];
            throw new DataFormatException(
                path,
                FormattableString.Invariant($"{wrong.Value} in row {wrong.Index / size}, feature {wrong.Index % size} (from 0)"),
                wrong.Expected,
                "Replace it, use another unit, or remove the row.");
        }
    }

    private static string Shape(NumericArray array) => "shape (" + string.Join(", ", array.Shape) + ")";
}
