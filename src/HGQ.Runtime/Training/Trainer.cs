using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
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
    // A mean loss of an epoch so many times as large as the best before, or as 1, does not come back.
    private const double GrownWithoutBound = 1000;

    private readonly ITrainableNetwork _network;
    private readonly IOptimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly ITrainingStep _step;
    private readonly int _samples;
    private ParetoArchive<Candidate> _candidates;
    private double _beta;

    /// <summary>Prepares a run.</summary>
    /// <exception cref="SampleException">Samples are empty, hold numbers that are none, or do not fit the network.</exception>
    /// <exception cref="ArgumentException">The options or the network can't be trained with.</exception>
    public Trainer(
        ITrainableNetwork network, IOptimizer optimizer, SampleSet training, SampleSet validation, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        RequireFloat32(network.Size);
        SampleCheck.Require("training", training, network.Size, options.Loss, options.Score);
        SampleCheck.Require("validation", validation, network.Size, options.Loss, options.Score);
        (_network, _optimizer, _options, _samples) = (network, optimizer, options, training.Count);
        string? unknown = options.LayerBeta.Keys.FirstOrDefault(name => !network.CostLayers.Contains(name));
        if (unknown is not null)
        {
            throw new ArgumentException(
                $"LayerBeta names \"{unknown}\"; the layers with a cost are {string.Join(", ", network.CostLayers)}.", nameof(options));
        }

        _step = CompiledTrainingStep.Choose(network, optimizer, training, validation, options);
        _candidates = new ParetoArchive<Candidate>(options.Fronts);
        _beta = options.EbopsTarget?.Initial ?? options.Beta.At(0);
    }

    /// <summary>The figures of all epochs so far.</summary>
    public TrainingHistory History { get; private set; } = new();

    /// <summary>The candidates so far, in the order of their epochs.</summary>
    public IReadOnlyList<Candidate> Candidates => [.. _candidates.Entries.Select(static e => e.Item)];

    /// <summary>How the steps are computed, and why so.</summary>
    public string StepDescription => _step.Description;

    /// <summary>Whether candidates are chosen by exact figures.</summary>
    public bool HasExactCandidates => _options.Candidates == CandidateFigures.Exact && _step.HasExactFigures;

    /// <summary>Epochs that are done.</summary>
    public int Epoch => History.Epochs.Count;

    /// <summary>Trains the epochs that are left.</summary>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Stops the run after the epoch at hand, with a checkpoint.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; nothing is lost.</exception>
    public void Run(ITrainingProgress? progress = null, CancellationToken cancellation = default)
    {
        progress ??= SilentProgress.Instance;
        using IDisposable? threads = Threads();
        Announce(progress);
        var clock = Stopwatch.StartNew();
        TimeSpan lastCheckpoint = TimeSpan.Zero;
        int first = Epoch;
        while (Epoch < _options.Epochs && !HasCollapsed)
        {
            EpochReport report = TrainEpochOrSayWhyNot(Epoch);
            double left = (_options.Epochs - Epoch) / (double)(Epoch - first);
            progress.OnEpoch(report, _options.Epochs, clock.Elapsed * left);
            bool stop = cancellation.IsCancellationRequested && Epoch < _options.Epochs;
            if (_options.CheckpointPath is not null
                && (stop || Epoch == _options.Epochs || HasCollapsed || clock.Elapsed - lastCheckpoint >= _options.CheckpointInterval))
            {
                SaveCheckpoint(_options.CheckpointPath);
                lastCheckpoint = clock.Elapsed;
            }

            if (stop)
            {
                throw new OperationCanceledException(cancellation);
            }
        }

        if (Epoch < _options.Epochs)
        {
            progress.OnMessage(FormattableString.Invariant(
                $"training ended after epoch {Epoch} of {_options.Epochs}: the score has fallen too far from the best"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
    }

    private static void RequireFloat32(NetworkSize? size)
    {
        if (size is { Type: not torch.ScalarType.Float32 })
        {
            throw new ArgumentException($"A trainer trains in float32; the network is {size.Type}: call model.@float().", nameof(size));
        }
    }

    // Of the history alone, so that a resumed run ends where the uninterrupted one does.
    private bool HasCollapsed =>
        _options.LargestErrorRatio is { } ratio && CollapsedScore.Holds(History.Epochs, _options.LearningRate, ratio);

    // A network that does not tell its size keeps the threads there are.
    private IDisposable? Threads() => (_options.Threads, _network.Size) switch
    {
        ({ } number, _) => TorchThreads.Hold(number),
        (null, { } size) => TorchThreads.Hold(TorchThreads.For(_options.BatchSize * size.Multiplications)),
        _ => null,
    };

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
        double rate = TrainerOptions.At(_options.LearningRate, "learning rate", epoch);
        SetBeta(epoch);
        _step.BeginEpoch(epoch);
        double loss = 0;
        int[] order = Batches.Order(_samples, _options.Seed, epoch);
        for (int first = 0; first < order.Length; first += _options.BatchSize)
        {
            ReadOnlySpan<int> rows = order.AsSpan(first, Math.Min(_options.BatchSize, order.Length - first));
            double value = _step.Run(rows, rate);
            loss += double.IsFinite(value) ? value * rows.Length : throw new TrainingDivergedException(epoch, value);
        }

        RequireBounded(loss / order.Length);
        double ebops = _network.RunningEbops();
        double beta = _beta;
        // A run that is too short for a low rate still has a candidate.
        bool isOnlyChance = epoch == _options.Epochs - 1 && _candidates.Entries.Count == 0;
        bool isExact = HasExactCandidates && (isOnlyChance || CandidateEpochs.HasLowRate(_options.LearningRate, epoch));
        ExactFigures? exact = isExact ? _step.Exact() : null;
        var report = new EpochReport(epoch, loss / order.Length, exact?.Score ?? _step.RunningScore(), ebops, beta, rate);
        _beta = _options.EbopsTarget?.Next(beta, ebops) ?? beta;
        _network.ResetRanges();
        if (exact is { } figures)
        {
            Offer(epoch, new ParetoPoint(figures.Ebops, figures.Score));
        }
        else if (!HasExactCandidates || isOnlyChance)
        {
            Offer(epoch, new ParetoPoint(report.Ebops, report.Score));
        }

        History.Add(report);
        return report;
    }

    // A loss of classes starts at the logarithm of their number, one of scaled targets at about 1.
    private void RequireBounded(double loss)
    {
        double least = History.Epochs.Select(static report => report.Loss).DefaultIfEmpty(1).Min();
        if (loss > GrownWithoutBound * Math.Max(least, 1))
        {
            throw new TrainingDivergedException(Epoch, loss);
        }
    }

    private void SetBeta(int epoch)
    {
        _beta = _options.EbopsTarget is null ? TrainerOptions.At(_options.Beta, "β", epoch) : _beta;
        _network.SetBeta(null, _beta);
        foreach ((string layer, Schedules.Schedule schedule) in _options.LayerBeta)
        {
            _network.SetBeta(layer, TrainerOptions.At(schedule, "β", epoch));
        }
    }

    private void Offer(int epoch, ParetoPoint point)
    {
        if (_candidates.Accepts(point))
        {
            _candidates.Add(point, new Candidate(epoch, point.Cost, point.Score, NetworkSnapshot.Of(_network.State)));
        }
    }

    private void Announce(ITrainingProgress progress)
    {
        progress.OnMessage("training steps: " + StepDescription);
        if (_options.Candidates == CandidateFigures.Exact)
        {
            progress.OnMessage(HasExactCandidates
                ? "candidates: epochs of low learning rate, by exact EBOPs and scores of integers"
                : "candidates: by running figures, because exact ones need compiled steps");
        }
    }
}
