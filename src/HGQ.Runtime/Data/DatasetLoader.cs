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

        NumericArray? array = ReadArray(path);
        return new LoadedData(array is null ? LoadTable(path, options) : LoadArray(path, array, options), null);
    }

    /// <summary>Reads features only, as for predictions: every column of a table, or those that are named.</summary>
    /// <exception cref="DataFormatException">Anything about the file is not as it should be.</exception>
    public static NumericArray LoadFeatures(string path, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ReadArray(path) ?? DelimitedTextReader.Read(path, TextOptions(options)).Features;
    }

    private static NumericArray? ReadArray(string path)
    {
        byte[] bytes = DataFile.ReadAllBytes(path);
        return NpyReader.IsNpy(bytes) ? NpyReader.Parse(path, bytes)
            : IdxReader.IsIdx(bytes) ? IdxReader.Parse(path, bytes)
            : null;
    }

    private static DelimitedTextOptions TextOptions(DataOptions options) => new()
    {
        Target = options.Target,
        Features = options.Features,
        Delimiter = options.Delimiter,
        Missing = options.Missing,
    };

    private static Dataset LoadTable(string path, DataOptions options)
    {
        if (options.Target is null)
        {
            string columns = string.Join(", ", DelimitedTextReader.ReadHeader(path, options.Delimiter).Take(20));
            throw new DataFormatException(path, "no target named", "the name of the target column", "Name one of: " + columns + ".");
        }

        DelimitedTable table = DelimitedTextReader.Read(path, TextOptions(options));
        var warnings = new List<string>();
        if (table.DroppedRows > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"{path}: {table.DroppedRows} of {table.DroppedRows + table.RowCount} rows were left out because of missing values."));
        }

        warnings.AddRange(ConstantColumns(table));
        DatasetTarget target = TargetEncoder.Encode(table, options);
        return new Dataset(path, table.Features, table.FeatureNames, target) { Warnings = warnings };
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

        NumericArray labels = ReadArray(options.Target) ?? throw new DataFormatException(
            options.Target, "text", "an IDX or NPY file with the labels", "The labels of an array file are an array file too.");
        return Pair(path, features, options.Target, labels, options);
    }

    private static Dataset Pair(string path, NumericArray features, string labelPath, NumericArray labels, DataOptions options)
    {
        if (features.Shape.Count < 2 || features.Length == 0)
        {
            throw new DataFormatException(
                path, Shape(features), "rows of features: at least two dimensions, none of them 0", "Reshape the array to (rows, features).");
        }

        if (labels.Length != features.Shape[0])
        {
            throw new DataFormatException(
                labelPath, Shape(labels), FormattableString.Invariant($"one label for each of {features.Shape[0]} rows"),
                "Check that both files belong together.");
        }

        RequireFinite(path, features);
        return new Dataset(path, features, [], TargetEncoder.Encode(labelPath, labels, options));
    }

    private static LoadedData LoadFolder(string folder)
    {
        Dataset Part(string prefix)
        {
            string images = Find(folder, prefix + "-images-idx3-ubyte");
            string labels = Find(folder, prefix + "-labels-idx1-ubyte");
            var options = new DataOptions { Target = labels, Task = LearningTask.Classification };
            return Pair(images, IdxReader.Read(images), labels, IdxReader.Read(labels), options);
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

    private static void RequireFinite(string path, NumericArray features)
    {
        if (features.IsInteger)
        {
            return;
        }

        for (int i = 0; i < features.Length; i++)
        {
            double value = features[i];
            if (!double.IsFinite(value))
            {
                int size = features.Length / features.Shape[0];
                throw new DataFormatException(
                    path,
                    FormattableString.Invariant($"{value} in row {i / size}, feature {i % size} (from 0)"),
                    "finite numbers",
                    "Replace it or remove the row.");
            }
        }
    }

    private static string Shape(NumericArray array) => "shape (" + string.Join(", ", array.Shape) + ")";
}
