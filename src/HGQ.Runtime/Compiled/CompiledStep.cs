using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>How a compiled step works.</summary>
public sealed record CompiledStepOptions
{
    /// <summary>Most samples of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>1 or 2 threads; small networks use one. Without influence on the results.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Bits of the vectors: 512, 256, 128, or 0 for the widest that the machine computes with. Sums are rounded in another order.
    /// </summary>
    public int VectorBits { get; init; }
}

/// <summary>
/// Whole training steps (forward, loss, cost, backward, Adam) of chains quantize → dense (with batch norm) → relu → …, computed with
/// vectors over the modules' own memory: no gradient graph, no allocation. The results are those of the same step through TorchSharp but
/// for the order of sums.
/// </summary>
/// <example>
/// <code>
/// var adam = new HgqAdam(model.parameters(), 3e-3);
/// using var step = CompiledStep.TryCreate(model, adam, new CrossEntropyLoss(), samples, new() { Batch = 512 }, out string reason);
/// double loss = step.Differentiate(samples, rows);
/// step.Update();
/// </code>
/// </example>
public sealed class CompiledStep : IDisposable
{
    private readonly ChainEngine _engine;
    private readonly HgqAdam _optimizer;
    private readonly HgqModel _model;
    private readonly int _outputs;
    private readonly int _features;
    private readonly bool _isClassification;
    private SampleSet _checked;

    private CompiledStep(Chain chain, ChainEngine engine, HgqAdam optimizer, SampleSet samples, bool isClassification)
    {
        (_engine, _optimizer, _model, _checked) = (engine, optimizer, chain.Model, samples);
        (_outputs, _features, _isClassification) = ((int)chain.Layers[^1].Layer.Units, chain.Features, isClassification);
    }

    /// <summary>Bits of the vectors it computes with.</summary>
    public int VectorBits => _engine.VectorBits;

    /// <summary>Threads it uses.</summary>
    public int Threads => _engine.Threads;

    /// <summary>Prepares the step of a network, where it is one that can be compiled.</summary>
    /// <param name="model">The network; parameters and records stay its own.</param>
    /// <param name="optimizer">Updates its parameters.</param>
    /// <param name="loss">The task's part of the loss.</param>
    /// <param name="samples">What it will be trained with.</param>
    /// <param name="options">How it works.</param>
    /// <param name="reason">Why it can't be compiled; empty where it can.</param>
    /// <returns>The step, or null: train through TorchSharp then.</returns>
    public static CompiledStep? TryCreate(
        HgqModel model, HgqAdam optimizer, TrainingLoss loss, SampleSet samples, CompiledStepOptions options, out string reason)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Batch);
        if (ChainReader.TryRead(model, out reason) is not { } chain)
        {
            return null;
        }

        bool isClassification = loss is CrossEntropyLoss;
        if (!isClassification && loss is not MeanSquareLoss)
        {
            reason = $"the loss {loss?.GetType().Name} is neither {nameof(CrossEntropyLoss)} nor {nameof(MeanSquareLoss)}";
            return null;
        }

        reason = Mismatch(samples, isClassification, (int)chain.Layers[^1].Layer.Units, chain.Features);
        if (reason.Length > 0)
        {
            return null;
        }

        var settings = new ChainSettings(options.Batch, isClassification, Math.Min(options.Threads, Environment.ProcessorCount));
        return new CompiledStep(chain, Engine(chain, optimizer, settings, options.VectorBits), optimizer, samples, isClassification);
    }

    /// <summary>
    /// Looks where the parameters' memory is now. To be called after code that may exchange it, such as loading a state of another type.
    /// </summary>
    public void Refresh() => _engine.Refresh();

    /// <summary>Forward and backward: ranges are recorded, EBOPs counted, gradients computed.</summary>
    /// <param name="samples">Samples.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <returns>The mean task loss, without cost; not finite where training has diverged.</returns>
    /// <exception cref="ArgumentException">The samples don't fit the network.</exception>
    public double Differentiate(SampleSet samples, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (rows.IsEmpty)
        {
            throw new ArgumentException("A batch needs at least one row.", nameof(rows));
        }

        if (rows.ContainsAnyExceptInRange(0, samples.Count - 1))
        {
            throw new ArgumentException($"A row of the batch is none of the {samples.Count} samples.", nameof(rows));
        }

        if (samples != _checked)
        {
            string problem = Mismatch(samples, _isClassification, _outputs, _features);
            _checked = problem.Length == 0 ? samples
                : throw new ArgumentException("The samples don't fit the network: " + problem + ".", nameof(samples));
        }

        _model.WarnOfCollapsedKernels(isTraining: true);
        return _engine.Differentiate(samples, rows);
    }

    /// <summary>Updates the parameters with the gradients of <see cref="Differentiate"/>.</summary>
    public void Update() => _engine.Update(_optimizer);

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>The last gradient of a parameter; for tests.</summary>
    internal ReadOnlySpan<T> Gradient<T>(int parameter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ((IGradientSource<T>)_engine).Gradient(parameter, out _);

    private static string Mismatch(SampleSet samples, bool isClassification, int outputs, int features)
    {
        if (samples.SampleSize != features)
        {
            return $"samples have {samples.SampleSize} features, the network takes {features}";
        }

        return isClassification
            ? samples.Labels.Length != samples.Count ? "the samples have no labels"
                : samples.Labels.AsSpan().ContainsAnyExceptInRange(0, outputs - 1) ? $"a label is none of the {outputs} classes"
                : ""
            : samples.TargetCount != outputs ? $"the samples have {samples.TargetCount} targets, the network {outputs} outputs" : "";
    }

    private static ChainEngine Engine(Chain chain, HgqAdam optimizer, ChainSettings settings, int vectorBits)
    {
        int bits = vectorBits != 0 ? vectorBits : Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        bool isSingle = chain.Type == torch.ScalarType.Float32;
        return bits switch
        {
            512 when isSingle => new ChainEngine<float, Vector512<float>, Lanes512<float>>(chain, optimizer, settings),
            512 => new ChainEngine<double, Vector512<double>, Lanes512<double>>(chain, optimizer, settings),
            256 when isSingle => new ChainEngine<float, Vector256<float>, Lanes256<float>>(chain, optimizer, settings),
            256 => new ChainEngine<double, Vector256<double>, Lanes256<double>>(chain, optimizer, settings),
            128 when isSingle => new ChainEngine<float, Vector128<float>, Lanes128<float>>(chain, optimizer, settings),
            128 => new ChainEngine<double, Vector128<double>, Lanes128<double>>(chain, optimizer, settings),
            _ => throw new ArgumentOutOfRangeException(nameof(vectorBits), vectorBits, "Vectors have 512, 256 or 128 bits."),
        };
    }
}
