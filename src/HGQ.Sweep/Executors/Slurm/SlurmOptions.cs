using System.Collections.Generic;

namespace HGQ.Sweep.Executors.Slurm;

/// <summary>What tasks ask of a Slurm cluster.</summary>
public sealed record SlurmOptions
{
    /// <summary>Partition; null: that of the cluster.</summary>
    public string? Partition { get; init; }

    /// <summary>Time limit of a task as sbatch reads it; null: that of the partition.</summary>
    public string? Time { get; init; }

    /// <summary>Tasks of one array at most; clusters allow up to MaxArraySize − 1, 1,000 where nobody changed it.</summary>
    public int ArraySize { get; init; } = 1000;

    /// <summary>Tasks at work at once; null: as many as there are resources.</summary>
    public int? Jobs { get; init; }

    /// <summary>Further options of sbatch, each as one word, for example <c>--mem=2G</c>.</summary>
    public IReadOnlyList<string> Sbatch { get; init; } = [];

    /// <summary>Words that start this program on a node, to which <c>sweep DIR --run-task NAME</c> is added.</summary>
    public required IReadOnlyList<string> Runner { get; init; }
}
