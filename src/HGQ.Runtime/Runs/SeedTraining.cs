using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using HGQ.Model.Serialization;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Events;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Runs;

/// <summary>One training of a run: from the initial weights, or a checkpoint, to exported candidates.</summary>
/// <param name="setup">What is trained and how.</param>
/// <param name="resumes">Whether it goes on from a checkpoint where there is one.</param>
/// <param name="events">Folder for event files of TensorBoard; null writes none.</param>
/// <param name="warn">Keeps a warning for the result, and shows it.</param>
internal sealed class SeedTraining(RunSetup setup, bool resumes, string? events, Action<string, ITrainingProgress> warn)
{
    /// <summary>Trains, calibrates and exports the candidates.</summary>
    /// <param name="index">Which of the run's seeds, from 0.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellation">Stops after the epoch at hand.</param>
    /// <returns>The candidates that can be exported, and the price of a bit each was trained with.</returns>
    public List<(FrontPoint Point, double Beta)> Run(int index, ITrainingProgress progress, CancellationToken cancellation)
    {
        ulong seed = setup.Request.Seed + (ulong)index;
        using HgqModel model = setup.NewModel(seed);
        model.Warning += warning => warn(warning, progress);
        var network = new HgqNetwork(model);
        RecipeAdam adam = setup.Request.Recipe.Training.Adam;
        RateFactors rates = setup.Request.Recipe.Training.Rates;
        rates = setup.Request.Description?.Rates(rates) ?? rates;
        var optimizer = new AdamOptimizer(model, rates, adam.Beta1, adam.Beta2, adam.Epsilon);
        using var trainer = new Trainer(network, optimizer, setup.Data.Training, setup.Data.Validation, setup.Options(index));
        Train(trainer, index, progress, cancellation);
        return Evaluate(trainer, network, seed, progress, cancellation);
    }

    private void Train(Trainer trainer, int index, ITrainingProgress progress, CancellationToken cancellation)
    {
        if (resumes && File.Exists(setup.Folder.CheckpointOf(index)))
        {
            trainer.RestoreCheckpoint(setup.Folder.CheckpointOf(index));
            int epochs = setup.Request.Recipe.Training.Epochs;
            progress.OnMessage(FormattableString.Invariant($"resumed after epoch {trainer.Epoch} of {epochs}"));
        }

        using EventProgress? written = EventFolderOf(index) is { } folder ? new EventProgress(folder, setup.Data.Score, progress) : null;
        try
        {
            trainer.Run(written ?? progress, cancellation);
        }
        finally
        {
            AtomicFile.WriteText(setup.Folder.HistoryOf(index), trainer.History.ToCsv());
        }
    }

    private string? EventFolderOf(int index) => events is { } folder && setup.Request.Recipe.Front is { Seeds: > 1 }
        ? Path.Combine(folder, FormattableString.Invariant($"seed-{setup.Request.Seed + (ulong)index}"))
        : events;

    private List<(FrontPoint Point, double Beta)> Evaluate(
        Trainer trainer, HgqNetwork network, ulong seed, ITrainingProgress progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using HgqModel twin = setup.NewModel(seed);
        twin.ToFloat64();
        using var evaluator = new CandidateEvaluator(
            twin,
            network.State,
            setup.Data.Training,
            setup.Data.Validation,
            null,
            setup.Data.Score,
            setup.ExportOptions(seed),
            setup.CoverFactor);
        List<(FrontPoint Point, double Beta)> points = Points(evaluator, trainer, progress, cancellation);
        double seconds = clock.Elapsed.TotalSeconds;
        progress.OnMessage(FormattableString.Invariant($"{points.Count} candidates calibrated and exported in {seconds:F1} s"));
        return points;
    }

    // Training may lead a network to where it can't be exported: its other candidates still can.
    private List<(FrontPoint Point, double Beta)> Points(
        CandidateEvaluator evaluator, Trainer trainer, ITrainingProgress progress, CancellationToken cancellation)
    {
        var points = new List<(FrontPoint, double)>();
        Exception? last = null;
        foreach (Candidate candidate in trainer.Candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                points.Add((evaluator.Evaluate(candidate), trainer.History.Epochs[candidate.Epoch].Beta));
            }
            catch (Exception e) when (e is ExportException or InexactLayerException or ArgumentException)
            {
                last = e;
                warn(FormattableString.Invariant($"the candidate of epoch {candidate.Epoch} was left out: {PlainMessage.Of(e)}"), progress);
            }
        }

        return points.Count > 0 || last is null ? points : throw last;
    }
}
