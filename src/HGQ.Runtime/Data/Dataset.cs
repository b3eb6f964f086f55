using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>
/// Rows of features as the file holds them (not scaled), with their labels or regression targets. Row numbers follow the file.
/// </summary>
public sealed class Dataset
{
    /// <summary>Puts a data set together.</summary>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="features">The features, shape (rows, sample shape…).</param>
    /// <param name="featureNames">Names of the features, or empty.</param>
    /// <param name="target">The targets.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or there is none.</exception>
    public Dataset(string source, NumericArray features, IReadOnlyList<string> featureNames, DatasetTarget target)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(featureNames);
        ArgumentNullException.ThrowIfNull(target);
        if (features.Shape.Count < 2 || features.Shape[0] == 0 || features.Shape[0] != target.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{source}: features of shape ({string.Join(", ", features.Shape)}) and {target.Count} targets make no data set."),
                nameof(features));
        }

        if (featureNames.Count > 0 && featureNames.Count != features.Length / features.Shape[0])
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{source}: {featureNames.Count} names of {features.Length / features.Shape[0]} features."),
                nameof(featureNames));
        }

        RequireFinite(source, features);
        RequireTargets(source, target);
        Source = source;
        Features = features;
        FeatureNames = featureNames;
        Target = target;
    }

    /// <summary>Where it came from, for messages.</summary>
    public string Source { get; }

    /// <summary>The features as read, shape (rows, sample shape…).</summary>
    public NumericArray Features { get; }

    /// <summary>Names of the features; empty where the file has none.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Labels or regression targets.</summary>
    public DatasetTarget Target { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Features.Shape[0];

    /// <summary>Shape of one sample.</summary>
    public IReadOnlyList<int> SampleShape => [.. Features.Shape.Skip(1)];

    /// <summary>Features a sample.</summary>
    public int SampleSize => Features.Length / Count;

    /// <summary>Treatments worth knowing of (dropped rows, constant columns), one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Line of each row in the file, from 1; empty where the file has no lines.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [];

    private static void RequireFinite(string source, NumericArray features)
    {
        if (features.IsInteger)
        {
            return;
        }

        var row = new double[features.Length / features.Shape[0]];
        for (int r = 0; r < features.Shape[0]; r++)
        {
            features.CopyTo(r * row.Length, row);
            int bad = Array.FindIndex(row, static x => !double.IsFinite(x));
            if (bad >= 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"{source}: row {r} (from 0) has {row[bad]} as feature {bad}; remove such rows or fill them in."),
                    nameof(features));
            }
        }
    }

    private static void RequireTargets(string source, DatasetTarget target)
    {
        for (int r = 0; r < target.Count; r++)
        {
            string? wrong = target switch
            {
                ClassLabels classes when classes.Labels[r] < 0 || classes.Labels[r] >= classes.ClassNames.Count =>
                    FormattableString.Invariant($"is of class {classes.Labels[r]}; there are {classes.ClassNames.Count}"),
                RealTargets reals when !double.IsFinite(reals.Values[r]) =>
                    FormattableString.Invariant($"has the target {reals.Values[r]}"),
                _ => null,
            };
            if (wrong is not null)
            {
                throw new ArgumentException(FormattableString.Invariant($"{source}: row {r} (from 0) {wrong}."), nameof(target));
            }
        }
    }

    /// <summary>The features of some rows in the given order, scaled, as float32 (row major).</summary>
    /// <exception cref="DataFormatException">A feature is so far from the others that float32 can't hold it once it is scaled.</exception>
    public float[] Prepare(IReadOnlyList<int> rows, FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(scaling);
        int size = SampleSize;
        var prepared = new float[checked(rows.Count * size)];
        var sample = new double[size];
        for (int r = 0; r < rows.Count; r++)
        {
            Features.CopyTo(rows[r] * size, sample);
            Span<float> scaled = prepared.AsSpan(r * size, size);
            scaling.Apply(sample, scaled);
            RequireFinite(rows[r], sample, scaled);
        }

        return prepared;
    }

    private void RequireFinite(int row, double[] sample, ReadOnlySpan<float> scaled)
    {
        for (int i = 0; i < scaled.Length; i++)
        {
            if (!float.IsFinite(scaled[i]))
            {
                throw new DataFormatException(
                    Source,
                    FormattableString.Invariant($"{sample[i]} in row {row}, feature {i} (from 0), which is {scaled[i]} once it is scaled"),
                    "a number nearer to the others",
                    "Correct it, remove the row, or use another scaling.",
                    Lines.Count > 0 ? Lines[row] : 0,
                    columnName: i < FeatureNames.Count ? FeatureNames[i] : null);
            }
        }
    }
}
