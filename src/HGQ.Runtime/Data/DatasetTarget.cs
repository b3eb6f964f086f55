using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>What is to be learned, a value a row.</summary>
public abstract record DatasetTarget
{
    private protected DatasetTarget()
    {
    }

    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The task these targets stand for.</summary>
    public abstract LearningTask Task { get; }
}

/// <summary>A class a row.</summary>
/// <param name="Labels">Class numbers from 0.</param>
/// <param name="ClassNames">Names of the classes, by number.</param>
public sealed record ClassLabels(IReadOnlyList<int> Labels, IReadOnlyList<string> ClassNames) : DatasetTarget
{
    /// <summary>What they are.</summary>
    public string Name { get; init; } = "target";

    /// <inheritdoc/>
    public override int Count => Labels.Count;

    /// <inheritdoc/>
    public override LearningTask Task => LearningTask.Classification;
}

/// <summary>Real numbers to be learned, one a row.</summary>
/// <param name="Values">The numbers in their own unit.</param>
/// <param name="Name">What they are.</param>
public sealed record RealTargets(IReadOnlyList<double> Values, string Name) : DatasetTarget
{
    /// <inheritdoc/>
    public override int Count => Values.Count;

    /// <inheritdoc/>
    public override LearningTask Task => LearningTask.Regression;
}
