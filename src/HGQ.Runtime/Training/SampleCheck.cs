using System;
using HGQ.Runtime.Data;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Training;

/// <summary>Looks through samples once, before a run: what is wrong with them is said here and not by native code.</summary>
internal static class SampleCheck
{
    /// <summary>Refuses samples that this network can't be trained or judged with.</summary>
    /// <param name="set">What the samples are called: "training" or "validation".</param>
    /// <param name="samples">The samples.</param>
    /// <param name="size">What the network takes and gives; null: not known.</param>
    /// <param name="loss">What is learned.</param>
    /// <param name="score">What is judged.</param>
    /// <exception cref="SampleException">They don't fit.</exception>
    public static void Require(string set, SampleSet samples, NetworkSize? size, TrainingLoss loss, Score score)
    {
        if (samples.Count == 0)
        {
            throw new SampleException($"The {set} set is empty; it needs at least one sample.");
        }

        if (size is not null && size.Features != samples.SampleSize)
        {
            string shape = string.Join(", ", samples.SampleShape);
            throw new SampleException(
                $"A {set} sample has the shape ({shape}), {samples.SampleSize} features; the network takes {size.Features}.");
        }

        RequireFinite(set, "feature", samples.Features, samples.SampleSize);
        RequireFinite(set, "target", samples.Targets, Math.Max(samples.TargetCount, 1));
        if (size is not null)
        {
            loss.Require(set, samples, size.Outputs);
        }

        score.Require(set, samples);
    }

    private static void RequireFinite(string set, string kind, ReadOnlySpan<float> values, int size)
    {
        for (int e = 0; e < values.Length; e++)
        {
            if (!float.IsFinite(values[e]))
            {
                string place = FormattableString.Invariant($"sample {e / size} (from 0) has {values[e]} as {kind} {e % size}");
                throw new SampleException($"The {set} {place}; remove such samples or fill them in.", e / size);
            }
        }
    }
}
