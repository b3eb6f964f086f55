using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>Samples ready for the network: scaled features and what is to be learned, row major.</summary>
public sealed class SampleSet
{
    /// <summary>Puts samples together.</summary>
    /// <param name="features">Scaled features, shape (samples, sample shape…).</param>
    /// <param name="sampleShape">Shape of one sample.</param>
    /// <param name="labels">A class a sample; empty for a regression.</param>
    /// <param name="targets">Real targets, shape (samples, outputs); empty for a classification.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public SampleSet(float[] features, IReadOnlyList<int> sampleShape, long[] labels, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sampleShape);
        if (sampleShape.Any(static d => d < 1))
        {
            throw new SampleException($"A sample can't have the shape ({string.Join(", ", sampleShape)}); every size is at least 1.");
        }

        SampleShape = sampleShape;
        SampleSize = sampleShape.Aggregate(1, static (product, d) => checked(product * d));
        Count = features.Length / SampleSize;
        bool labelled = labels.Length == Count && targets.Length == 0;
        bool regression = labels.Length == 0 && (Count == 0 || (targets.Length > 0 && targets.Length % Count == 0));
        if (features.Length % SampleSize != 0 || !(labelled || regression))
        {
            string given = FormattableString.Invariant($"{features.Length} features, {labels.Length} labels and {targets.Length} targets");
            throw new SampleException(
                $"{given} make no set of samples of the shape ({string.Join(", ", sampleShape)}): "
                + "either a label or the same number of targets belongs to each sample.");
        }

        (Features, Labels, Targets) = (features, labels, targets);
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Shape of one sample.</summary>
    public IReadOnlyList<int> SampleShape { get; }

    /// <summary>Features of one sample.</summary>
    public int SampleSize { get; }

    /// <summary>Scaled features.</summary>
    public float[] Features { get; }

    /// <summary>A class a sample; empty for a regression.</summary>
    public long[] Labels { get; }

    /// <summary>Real targets, scaled; empty for a classification.</summary>
    public float[] Targets { get; }

    /// <summary>Targets a sample; 0 for a classification.</summary>
    public int TargetCount => Count == 0 ? 0 : Targets.Length / Count;

    /// <summary>Prepares some rows of a data set.</summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">The rows, in the order they get.</param>
    /// <param name="features">Scaling of the features.</param>
    /// <param name="targets">Scaling of a regression's targets.</param>
    public static SampleSet From(Dataset data, IReadOnlyList<int> rows, FeatureScaling features, TargetScaling targets)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(targets);
        float[] prepared = data.Prepare(rows, features);
        return data.Target switch
        {
            ClassLabels classes => new SampleSet(prepared, data.SampleShape, [.. rows.Select(r => (long)classes.Labels[r])], []),
            RealTargets reals => new SampleSet(prepared, data.SampleShape, [], [.. rows.Select(r => targets.Apply(reals.Values[r]))]),
            _ => throw new ArgumentException($"Targets of type {data.Target.GetType().Name} can't be learned.", nameof(data)),
        };
    }

    /// <summary>These samples and then others.</summary>
    public SampleSet Concat(SampleSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!SampleShape.SequenceEqual(other.SampleShape))
        {
            string mine = string.Join(", ", SampleShape), theirs = string.Join(", ", other.SampleShape);
            throw new SampleException($"Samples of the shape ({theirs}) can't follow samples of the shape ({mine}).");
        }

        return new SampleSet([.. Features, .. other.Features], SampleShape, [.. Labels, .. other.Labels], [.. Targets, .. other.Targets]);
    }
}
