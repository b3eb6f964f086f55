using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Runtime.Data;
using HGQ.Runtime.Randomness;

namespace HGQ.Runtime.Trimming;

/// <summary>
/// Makes an exported model smaller by a discrete search on its integers: weights, formats and biases change one by one wherever mean training loss plus
/// price times cost falls. Every change is judged exactly, on all rows; after each sweep the model is a valid one. Works on chains of dense layers.
/// </summary>
/// <remarks>The same model, rows and sweeps give the same result, so that a search goes on from the model of any sweep without loss.</remarks>
public sealed class ModelTrimmer
{
    // Less than this is rounding of the loss's sum, not a gain.
    private const double SmallestGain = 1e-9;
    private const double SmallestBiasGain = 1e-7;

    private readonly DenseChain _chain;
    private readonly ChainState _state;
    private readonly ChainState? _traced;
    private readonly ChainCost _cost;
    private readonly List<(TrimMove Move, double Saving)> _changes = [];

    /// <summary>Prepares a model.</summary>
    /// <param name="graph">The model; its preprocessing is not applied.</param>
    /// <param name="training">Scaled rows that judge: labels give cross entropy, targets the mean square of the differences.</param>
    /// <param name="validation">Scaled rows whose ranges count as well; they judge nothing. May be null.</param>
    /// <param name="cost">What is to become less; null for EBOPs.</param>
    /// <exception cref="TrimException">The model is no chain of dense layers, or its sums need more than 51 bits.</exception>
    /// <exception cref="ArgumentException">Rows and model don't fit each other.</exception>
    public ModelTrimmer(ModelGraph graph, SampleSet training, SampleSet? validation = null, TrimCost? cost = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(training);
        _chain = DenseChain.Of(graph);
        RequireRows(_chain, training, nameof(training));
        _state = ChainState.Create(_chain, training);
        if (validation is { Count: > 0 })
        {
            RequireRows(_chain, validation, nameof(validation));
            _traced = ChainState.Create(_chain, validation);
        }

        for (int c = 0; c < _chain.Features; c++)
        {
            (double low, double high) = WholeRange(0, c);
            _chain.Before(0).KeepMargin(c, low, high);
        }

        _cost = new ChainCost(_chain, cost ?? TrimCost.Ebops);
        Trace(WholeRange);
    }

    /// <summary>Refuses a model that can't be trimmed.</summary>
    /// <param name="graph">The model.</param>
    /// <exception cref="TrimException">It can't; names the layer that stands in the way.</exception>
    public static void RequireTrimmable(ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _ = DenseChain.Of(graph);
    }

    /// <summary>Mean loss of the training rows.</summary>
    public double Loss => _state.Loss;

    /// <summary>Cost of the model.</summary>
    public double Cost => _cost.Total;

    /// <summary>The model as it is now.</summary>
    public ModelGraph Graph => _chain.ToGraph();

    /// <summary>Every value of the training rows.</summary>
    internal ChainState State => _state;

    /// <summary>Tries every change once, in random order.</summary>
    /// <param name="sweep">Price, order and kinds of changes.</param>
    /// <param name="cancellation">Stops it; the model is valid and partly swept then.</param>
    public TrimSweepReport Sweep(TrimSweep sweep, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentOutOfRangeException.ThrowIfNegative(sweep.Price);
        var finder = new MoveFinder(_chain, _cost, sweep.Grow);
        List<TrimMove> places = finder.Places();
        new DeterministicRandom(sweep.Seed, 0x7472696d).Shuffle(CollectionsMarshal.AsSpan(places));
        int accepted = 0;
        long tried = 0;
        Trace(_state.Range);
        try
        {
            foreach (TrimMove place in places)
            {
                cancellation.ThrowIfCancellationRequested();
                finder.Changes(place, _changes);
                tried += _changes.Count;
                if (Best(sweep.Price) is { } best)
                {
                    Make(best);
                    accepted++;
                }
            }
        }
        finally
        {
            Settle();
        }

        return new TrimSweepReport(accepted, tried, Loss, Cost);
    }

    private static void RequireRows(DenseChain chain, SampleSet samples, string name)
    {
        if (samples.Count == 0 || samples.SampleSize != chain.Features)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{samples.Count} rows of {samples.SampleSize} features don't fit a model of {chain.Features} inputs."), name);
        }

        int foreign = Array.FindIndex(samples.Labels, label => label < 0 || label >= chain.Outputs);
        if (foreign >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Row {foreign} has the label {samples.Labels[foreign]}; the model has {chain.Outputs} outputs."), name);
        }

        if (samples.Labels.Length == 0 && samples.TargetCount != chain.Outputs)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{samples.TargetCount} targets a row don't fit a model of {chain.Outputs} outputs."), name);
        }
    }

    private TrimMove? Best(double price)
    {
        TrimMove? best = null;
        double least = 0;
        foreach ((TrimMove move, double saving) in _changes)
        {
            double loss = _state.Try(move, price * saving);
            if (loss == ChainState.Rejected)
            {
                continue;
            }

            double change = loss - (price * (saving - _cost.OfRanges(_state, move.Layer + 1) - OwnRange(move, saving)));
            if (change < least - (move.Kind == MoveKind.Bias ? SmallestBiasGain : SmallestGain))
            {
                (best, least) = (move, change);
            }
        }

        return best;
    }

    // A rounding to fewer bits may reach the next power of two: then the traced range is a bit wider than the move assumed.
    private double OwnRange(in TrimMove move, double saving)
    {
        ChainQuantizer quantizer = _chain.Before(move.Layer);
        if (move.Kind != MoveKind.Format || !quantizer.IsTraced || _state.TriedRange(move.Layer, move.Input) is not var (low, high))
        {
            return 0;
        }

        int bits = quantizer.Width(move.Input) - quantizer.WidthOf(move.Input, move.FractionBits, low, high);
        return saving - (bits * _cost.OfBit(move.Layer, move.Input));
    }

    private void Make(in TrimMove move)
    {
        _state.Commit(move);
        ChainLayer layer = _chain.Layers[move.Layer];
        switch (move.Kind)
        {
            case MoveKind.Weight:
                layer.Weight(move.Input, move.Output) = move.Value;
                _cost.CountRow(move.Layer, move.Input);
                break;
            case MoveKind.Bias:
                layer.Bias[move.Output] = move.Value;
                break;
            case MoveKind.Format:
                _chain.Before(move.Layer).SetFormat(move.Input, move.FractionBits, move.IntegerBits);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "There is no such move.");
        }

        for (int q = move.Layer; q < _chain.Layers.Count; q++)
        {
            for (int c = 0; c < _chain.Layers[q].Inputs; c++)
            {
                if (_state.TriedRange(q, c) is var (low, high))
                {
                    _chain.Before(q).Fit(c, low, high);
                }
            }
        }
    }

    // Ranges over all rows, channels without use removed: a valid model again.
    private void Settle()
    {
        _traced?.Recompute();
        Trace(WholeRange);
        RemoveEmpty();
        ChainCleaning.Clean(_chain, _state);
        _state.Recompute();
        _traced?.Recompute();
        Trace(WholeRange);
        _cost.Count();
    }

    // The file keeps no format of a channel that is always 0: it is gone for good.
    private void RemoveEmpty()
    {
        foreach (ChainQuantizer? quantizer in _chain.Quantizers)
        {
            for (int c = 0; quantizer is not null && c < quantizer.Formats.Length; c++)
            {
                if (quantizer.Formats[c].IsZero)
                {
                    quantizer.Remove(c);
                }
            }
        }
    }

    private void Trace(Func<int, int, (double Low, double High)> range)
    {
        for (int q = 0; q < _chain.Quantizers.Count; q++)
        {
            ChainQuantizer? quantizer = _chain.Quantizers[q];
            for (int c = 0; quantizer is not null && c < quantizer.Formats.Length; c++)
            {
                (double low, double high) = range(q, c);
                quantizer.Fit(c, low, high);
            }
        }
    }

    private (double Low, double High) WholeRange(int quantizer, int channel)
    {
        (double low, double high) = _state.Range(quantizer, channel);
        if (_traced is null)
        {
            return (low, high);
        }

        (double otherLow, double otherHigh) = _traced.Range(quantizer, channel);
        return (Math.Min(low, otherLow), Math.Max(high, otherHigh));
    }
}
