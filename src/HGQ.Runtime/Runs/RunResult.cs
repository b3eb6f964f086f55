using System.Collections.Generic;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Runs;

/// <summary>What a training run found.</summary>
/// <param name="Score">What points were judged by.</param>
/// <param name="Front">The reported front by rising EBOPs: figures of exported integers.</param>
/// <param name="Chosen">The point that became the model.</param>
/// <param name="Candidates">Candidates that were calibrated and exported.</param>
/// <param name="Warnings">What is worth knowing of the data and the training, a sentence each.</param>
public sealed record RunResult(
    Score Score, IReadOnlyList<FrontPoint> Front, FrontPoint Chosen, int Candidates, IReadOnlyList<string> Warnings)
{
    /// <summary>Validation rows: they decide how large a standard error is.</summary>
    public int ValidationRows { get; init; }

    /// <summary>Rows that were learned from.</summary>
    public int TrainingRows { get; init; }

    /// <summary>Test rows; 0 without any.</summary>
    public int TestRows { get; init; }

    /// <summary>All candidates, those of the front included, in the order in which they were found.</summary>
    public IReadOnlyList<FrontPoint> All { get; init; } = [];
}
