using System;
using System.Runtime.Intrinsics;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Compiled;

/// <summary>What an export of a network would reach.</summary>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Score">Score on the validation rows, by the exported integers with real wrap-around.</param>
public readonly record struct ExactFigures(double Ebops, double Score);

/// <summary>
/// Evaluates chains quantize → dense → … in memory: the figures of calibration, export and integer evaluation in one pass over the rows,
/// without any of them. Sums are computed in float32 where it is proven to be exact, else in float64.
/// </summary>
/// <remarks>Owns the memory that evaluations compute with, and so is kept alive to the end of each.</remarks>
public sealed class CompiledEvaluator : IDisposable
{
    private readonly Chain _chain;
    private readonly AlignedMemory _memory = new();
    private readonly ChainEvaluator _single;
    private ChainEvaluator? _double;
    private ChainEvaluator? _last;

    private CompiledEvaluator(Chain chain)
    {
        _chain = chain;
        _single = Vector512.IsHardwareAccelerated ? new ChainEvaluator<float, Vector512<float>, Lanes512<float>>(chain, _memory)
            : Vector256.IsHardwareAccelerated ? new ChainEvaluator<float, Vector256<float>, Lanes256<float>>(chain, _memory)
            : new ChainEvaluator<float, Vector128<float>, Lanes128<float>>(chain, _memory);
    }

    /// <summary>Prepares the evaluation of a network, where it is one that can be compiled.</summary>
    /// <param name="model">The network; its parameters are read at every evaluation, and nothing of it is changed.</param>
    /// <param name="reason">Why it can't be compiled; empty where it can.</param>
    public static CompiledEvaluator? TryCreate(HgqModel model, out string reason)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ChainReader.TryRead(model, out reason) is { } chain ? new CompiledEvaluator(chain) : null;
    }

    /// <summary>
    /// The figures that the network would have if its ranges were traced on training and validation rows and it were exported now.
    /// </summary>
    /// <param name="training">Rows whose ranges count.</param>
    /// <param name="validation">Rows whose ranges count, and that judge.</param>
    /// <param name="score">How they judge.</param>
    /// <returns>Null where float64 can't hold the sums, or limits of widths cut a range: export the network and evaluate that.</returns>
    public ExactFigures? Evaluate(SampleSet training, SampleSet validation, Score score)
    {
        Check(training);
        Check(validation);
        ArgumentNullException.ThrowIfNull(score);
        _last = _single;
        (double Ebops, double Score)? found = _single.Evaluate(training, validation, score);
        if (found is null)
        {
            _last = _double ??= Wide();
            found = _last.Evaluate(training, validation, score);
        }

        GC.KeepAlive(this);
        return found is { } figures ? new ExactFigures(figures.Ebops, figures.Score) : null;
    }

    /// <summary>
    /// Gives the quantizers the ranges and formats that the last <see cref="Evaluate"/> has found, as tracing the same rows does: the
    /// network can be exported then.
    /// </summary>
    internal void StoreFormats()
    {
        _last!.StoreFormats();
        GC.KeepAlive(this);
    }

    /// <summary>Score of the running network: quantized, but without any overflow.</summary>
    /// <param name="validation">Rows that judge.</param>
    /// <param name="score">How they judge.</param>
    public double RunningScore(SampleSet validation, Score score)
    {
        Check(validation);
        ArgumentNullException.ThrowIfNull(score);
        double running = _single.Evaluate(null, validation, score)!.Value.Score;
        GC.KeepAlive(this);
        return running;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private void Check(SampleSet samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.SampleSize != _chain.Features)
        {
            throw new ArgumentException(
                $"Samples have {samples.SampleSize} features, the network takes {_chain.Features}.", nameof(samples));
        }
    }

    private ChainEvaluator Wide() =>
        Vector512.IsHardwareAccelerated ? new ChainEvaluator<double, Vector512<double>, Lanes512<double>>(_chain, _memory)
        : Vector256.IsHardwareAccelerated ? new ChainEvaluator<double, Vector256<double>, Lanes256<double>>(_chain, _memory)
        : new ChainEvaluator<double, Vector128<double>, Lanes128<double>>(_chain, _memory);
}
