using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training.Pareto;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>
/// Trains a network: shuffled batches, schedules, an evaluation and a reset of the recorded ranges after each epoch, candidates on
/// the first Pareto fronts of (running EBOPs, validation score), and checkpoints from which a run goes on bit by bit as if it had
/// never stopped.
/// </summary>
public sealed partial class Trainer : IDisposable
{
    private const int EvaluationBatch = 8192;

    private readonly ITrainableNetwork _network;
    private readonly IOptimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly Batches _batches;
    private readonly SampleSet _validation;
    private readonly torch.Tensor _validationFeatures;
    private ParetoArchive<Candidate> _candidates;
    private double _beta;

    /// <summary>Prepares a run.</summary>
    public Trainer(
        ITrainableNetwork network, IOptimizer optimizer, SampleSet training, SampleSet validation, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_network, _optimizer, _options, _validation) = (network, optimizer, options, validation);
        string? unknown = options.LayerBeta.Keys.FirstOrDefault(name => !network.CostLayers.Contains(name));
        if (unknown is not null)
        {
            throw new ArgumentException(
                $"LayerBeta names \"{unknown}\"; the layers with a cost are {string.Join(", ", network.CostLayers)}.", nameof(options));
        }

        _batches = new Batches(training, options.BatchSize, options.Seed);
        (_validationFeatures, torch.Tensor targets) = Batches.Resident(validation);
        targets.Dispose();
        _candidates = new ParetoArchive<Candidate>(options.Fronts);
        _beta = options.EbopsTarget?.Initial ?? options.Beta.At(0);
    }

    /// <summary>The figures of all epochs so far.</summary>
    public TrainingHistory History { get; private set; } = new();

    /// <summary>The candidates so far, in the order of their epochs.</summary>
    public IReadOnlyList<Candidate> Candidates => [.. _candidates.Entries.Select(static e => e.Item)];

    /// <summary>Epochs that are done.</summary>
    public int Epoch => History.Epochs.Count;

    /// <summary>Trains the epochs that are left.</summary>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Stops the run after the epoch at hand, with a checkpoint.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; nothing is lost.</exception>
    public void Run(ITrainingProgress? progress = null, CancellationToken cancellation = default)
    {
        progress ??= SilentProgress.Instance;
        var clock = Stopwatch.StartNew();
        TimeSpan lastCheckpoint = TimeSpan.Zero;
        int first = Epoch;
        while (Epoch < _options.Epochs)
        {
            EpochReport report = TrainEpochOrSayWhyNot(Epoch);
            double left = (_options.Epochs - Epoch) / (double)(Epoch - first);
            progress.OnEpoch(report, _options.Epochs, clock.Elapsed * left);
            bool stop = cancellation.IsCancellationRequested && Epoch < _options.Epochs;
            if (_options.CheckpointPath is not null
                && (stop || Epoch == _options.Epochs || clock.Elapsed - lastCheckpoint >= _options.CheckpointInterval))
            {
                SaveCheckpoint(_options.CheckpointPath);
                lastCheckpoint = clock.Elapsed;
            }

            if (stop)
            {
                throw new OperationCanceledException(cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batches.Dispose();
        _validationFeatures.Dispose();
    }

    private EpochReport TrainEpochOrSayWhyNot(int epoch)
    {
        try
        {
            return TrainEpoch(epoch);
        }
        catch (OverflowException e)
        {
            // A width that is no number has no power of two.
            throw new TrainingDivergedException(epoch, double.NaN, e);
        }
    }

    private EpochReport TrainEpoch(int epoch)
    {
        double rate = _options.LearningRate.At(epoch);
        SetBeta(epoch);

        // Only quantizers with random rounding draw from torch's generator; seeded here, they repeat in a resumed run too.
        torch.manual_seed(unchecked((long)new DeterministicRandom(_options.Seed, stream: ~(ulong)epoch).NextUInt64()));
        double loss = 0;
        long samples = 0;
        foreach (Func<(torch.Tensor, torch.Tensor)> batch in _batches.Shuffled(epoch))
        {
            (double batchLoss, long batchSamples) = Step(batch, rate);
            loss += batchLoss * batchSamples;
            samples += batchSamples;
        }

        double ebops = _network.RunningEbops();
        double beta = _beta;
        var report = new EpochReport(epoch, loss / samples, Validate(), ebops, beta, rate);
        _beta = _options.EbopsTarget?.Next(beta, ebops) ?? beta;
        _network.ResetRanges();
        Offer(report);
        History.Add(report);
        return report;
    }

    private (double Loss, long Samples) Step(Func<(torch.Tensor Features, torch.Tensor Targets)> batch, double rate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor features, torch.Tensor targets) = batch();
        _optimizer.ZeroGradients();
        torch.Tensor task = _options.Loss.Of(_network.Train(features), targets);
        double value = task.Item<float>();
        if (!double.IsFinite(value))
        {
            throw new TrainingDivergedException(Epoch, value);
        }

        torch.Tensor loss = task.Add(_network.Cost());
        loss.Backward();
        _optimizer.Step(rate);
        return (value, features.Shape[0]);
    }

    private double Validate()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        var outputs = new List<float>();
        for (int first = 0; first < _validation.Count; first += EvaluationBatch)
        {
            torch.Tensor batch = _validationFeatures.Narrow(0, first, Math.Min(EvaluationBatch, _validation.Count - first));
            outputs.AddRange(_network.Infer(batch).Contiguous().Elements<float>());
        }

        return _options.Score.Of<float>(CollectionsMarshal.AsSpan(outputs), _validation);
    }

    private void SetBeta(int epoch)
    {
        _beta = _options.EbopsTarget is null ? _options.Beta.At(epoch) : _beta;
        _network.SetBeta(null, _beta);
        foreach ((string layer, Schedules.Schedule schedule) in _options.LayerBeta)
        {
            _network.SetBeta(layer, schedule.At(epoch));
        }
    }

    private void Offer(EpochReport report)
    {
        var point = new ParetoPoint(report.Ebops, report.Score);
        if (_candidates.Accepts(point))
        {
            _candidates.Add(point, new Candidate(report.Epoch, report.Ebops, report.Score, NetworkSnapshot.Of(_network.State)));
        }
    }
}
