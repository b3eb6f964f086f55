using System;
using System.Collections.Generic;
using System.Numerics;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Training.Scores;

/// <summary>How good outputs are; more is always better, so an error counts negatively.</summary>
public abstract record Score
{
    private protected Score()
    {
    }

    /// <summary>What the number is called in tables and files, for example <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Judges outputs.</summary>
    /// <param name="outputs">Outputs of the network, shape (samples, outputs), row major.</param>
    /// <param name="samples">The samples they belong to.</param>
    public abstract double Of<T>(ReadOnlySpan<T> outputs, SampleSet samples)
        where T : struct, INumber<T>;

    /// <summary>Refuses samples that can't be judged.</summary>
    internal abstract void Require(string set, SampleSet samples);

    /// <summary>The number as people read it: without the sign that makes an error "more is better".</summary>
    public abstract double Displayed(double score);
}

/// <summary>Share of the samples whose largest output is that of their class (the first of equal ones).</summary>
public sealed record AccuracyScore : Score
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override double Of<T>(ReadOnlySpan<T> outputs, SampleSet samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        int classes = samples.Count == 0 ? 0 : outputs.Length / samples.Count;
        int right = 0;
        for (int s = 0; s < samples.Count; s++)
        {
            right += ArgMax(outputs.Slice(s * classes, classes)) == samples.Labels[s] ? 1 : 0;
        }

        return samples.Count == 0 ? 0 : right / (double)samples.Count;
    }

    /// <inheritdoc/>
    public override double Displayed(double score) => score;

    internal override void Require(string set, SampleSet samples)
    {
        if (samples.Labels.Length == 0)
        {
            throw new SampleException($"The {set} set has no labels, which the accuracy counts; judge it by RootMeanSquareScore.");
        }
    }

    /// <summary>Index of the largest number, the first of equal ones.</summary>
    public static int ArgMax<T>(ReadOnlySpan<T> numbers)
        where T : IComparable<T>
    {
        int best = 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            best = Comparer<T>.Default.Compare(numbers[i], numbers[best]) > 0 ? i : best;
        }

        return best;
    }
}

/// <summary>Minus the root of the mean square of output minus target.</summary>
/// <param name="Scale">Turns scaled targets into their own unit.</param>
public sealed record RootMeanSquareScore(double Scale) : Score
{
    /// <inheritdoc/>
    public override string Name => "rms error";

    /// <inheritdoc/>
    public override double Of<T>(ReadOnlySpan<T> outputs, SampleSet samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double difference = double.CreateChecked(outputs[i]) - samples.Targets[i];
            sum += difference * difference;
        }

        return outputs.Length == 0 ? 0 : -Scale * Math.Sqrt(sum / outputs.Length);
    }

    /// <inheritdoc/>
    public override double Displayed(double score) => -score;

    internal override void Require(string set, SampleSet samples)
    {
        if (samples.Targets.Length == 0)
        {
            throw new SampleException($"The {set} set has no real targets, which the rms error compares; judge it by AccuracyScore.");
        }
    }
}
