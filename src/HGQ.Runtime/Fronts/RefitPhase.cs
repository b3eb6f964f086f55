using System;
using System.Collections.Generic;
using System.Threading;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Trimming.Refit;

namespace HGQ.Runtime.Fronts;

/// <summary>Lets a trimmed model go on training at the price it was trained with.</summary>
public static class RefitPhase
{
    // The learning rate at the end, as a share of that at the start.
    private const double LastRate = 0.01;

    /// <summary>Trains.</summary>
    /// <param name="start">The model; a chain of dense layers.</param>
    /// <param name="rows">Rows that are learned from and that judge.</param>
    /// <param name="plan">Epochs and rates.</param>
    /// <param name="training">Loss and batch size of the run.</param>
    /// <param name="export">How models are exported.</param>
    /// <param name="seed">Decides the order of the rows.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Models of epochs that no other one beats, and last the model of the last epoch, from which trimming goes on.</returns>
    public static IReadOnlyList<FrontModel> Run(
        FrontModel start,
        FrontRows rows,
        RefitPlan plan,
        RefitTraining training,
        ExportOptions export,
        ulong seed,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(export);
        using HgqSequential model = RefitNetwork.Of(start.Graph, plan.Slack);
        var network = new HgqNetwork(model);
        var optimizer = new AdamOptimizer(model, RateFactors.ForWidths(plan.WidthRate));
        using var trainer = new Trainer(network, optimizer, rows.Training, rows.Validation, new TrainerOptions
        {
            Epochs = plan.Epochs,
            BatchSize = training.Batch,
            LearningRate = new CosineRestartSchedule(plan.LearningRate, plan.LearningRate * LastRate, plan.Epochs),
            Beta = new ConstantSchedule(start.Beta),
            Loss = training.Loss,
            Score = rows.Score,
            Seed = seed,
            Threads = 1,
            Fronts = 1,
            Candidates = CandidateFigures.Exact,
        });
        trainer.Run(SilentProgress.Instance, cancellation);

        using HgqSequential twin = RefitNetwork.Of(start.Graph, plan.Slack);
        twin.ToFloat64();
        using var evaluator = new CandidateEvaluator(twin, network.State, rows.Training, rows.Validation, null, rows.Score, export);
        var last = new Candidate(plan.Epochs - 1, 0, 0, NetworkSnapshot.Of(network.State));
        var models = new List<FrontModel>();
        foreach (Candidate candidate in new List<Candidate>([.. trainer.Candidates, last]))
        {
            FrontPoint point = evaluator.Evaluate(candidate);
            string origin = FormattableString.Invariant($"{start.Origin}, refit {candidate.Epoch + 1}");
            models.Add(new FrontModel(point.Graph, point.Ebops, point.Validation, start.Beta, origin));
        }

        return models;
    }
}

/// <summary>What refitting takes over from the run.</summary>
/// <param name="Batch">Rows a step.</param>
/// <param name="Loss">The task's part of the loss.</param>
public sealed record RefitTraining(int Batch, TrainingLoss Loss);
