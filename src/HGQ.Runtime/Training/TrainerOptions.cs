using System;
using System.Collections.Generic;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples a step; the last batch of an epoch may be shorter.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Learning rate by epoch.</summary>
    public required Schedule LearningRate { get; init; }

    /// <summary>β by epoch, for every layer that <see cref="LayerBeta"/> doesn't name.</summary>
    public required Schedule Beta { get; init; }

    /// <summary>β of single layers by epoch.</summary>
    public IReadOnlyDictionary<string, Schedule> LayerBeta { get; init; } = new Dictionary<string, Schedule>();

    /// <summary>Steers β to given EBOPs in place of <see cref="Beta"/>.</summary>
    public EbopsController? EbopsTarget { get; init; }

    /// <summary>The task's part of the loss.</summary>
    public TrainingLoss Loss { get; init; } = new CrossEntropyLoss();

    /// <summary>What the validation samples judge by.</summary>
    public Score Score { get; init; } = new AccuracyScore();

    /// <summary>Seed of the order of the samples (and of random rounding, where a quantizer uses it).</summary>
    public ulong Seed { get; init; }

    /// <summary>How steps are computed.</summary>
    public StepChoice Step { get; init; } = StepChoice.Automatic;

    /// <summary>By what figures epochs become candidates.</summary>
    public CandidateFigures Candidates { get; init; } = CandidateFigures.Running;

    /// <summary>Pareto fronts of these figures that are kept as candidates.</summary>
    public int Fronts { get; init; } = 3;

    /// <summary>
    /// Ends the training where a whole cosine period brings no error within this multiple of the smallest one so far, or no accuracy
    /// within 0.1 of the best: what comes then is worse still, as β rises. Null never ends it early.
    /// </summary>
    public double? LargestErrorRatio { get; init; }

    /// <summary>File of the checkpoint; null writes none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Time between checkpoints; one is always written when the run ends or is stopped.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Threads that torch computes with; null: as <see cref="Layers.TorchThreads"/> chooses by the size of the network.</summary>
    public int? Threads { get; init; }

    /// <summary>Says what run a checkpoint belongs to; one with other words is refused.</summary>
    public string RunDescription { get; init; } = string.Empty;

    /// <summary>Refuses numbers that no run can have.</summary>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Fronts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads ?? 1, nameof(Threads));
        ArgumentNullException.ThrowIfNull(LearningRate);
        ArgumentNullException.ThrowIfNull(Beta);
        ArgumentNullException.ThrowIfNull(LayerBeta);
        ArgumentNullException.ThrowIfNull(Loss);
        ArgumentNullException.ThrowIfNull(Score);
    }

    /// <summary>A schedule's number in an epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or none.</exception>
    internal static double At(Schedule schedule, string what, int epoch)
    {
        double value = schedule.At(epoch);
        return value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(what, value, FormattableString.Invariant($"The {what} of epoch {epoch} is 0 or more."));
    }
}
