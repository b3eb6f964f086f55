using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>
/// A batch norm on its own: y = activation(quantize(x·kq(γ/√(σ² + ε)) + offset)), offset = β − μ·γ/√(σ² + ε) on the grid of the outputs, one
/// factor per channel (the last dimension). EBOPs = Σ bits(x)·bits(factor).
/// </summary>
public sealed class HBatchNormalization : QuantizedOutputLayer
{
    private readonly BatchNormOptions _options;
    private readonly IQuantizerConfig _kq;
    private readonly IQuantizerConfig? _bq;
    private TrainableQuantizer? _scaleQuantizer;
    private TrainableQuantizer? _offsetQuantizer;
    private BatchNormFold? _norm;
    private KernelQuantization? _quantized;
    private KernelQuantization? _quantizedOffset;

    /// <summary>A normalizing layer.</summary>
    /// <param name="beta">Weight of this layer's EBOPs in the loss.</param>
    /// <param name="activation">What follows the output quantizer.</param>
    /// <param name="kq">Quantizer of the factors; null: the default for weights.</param>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="batchNorm">Momentum and ε.</param>
    /// <param name="name">Unique in its model.</param>
    /// <param name="bq">Quantizer of the offsets; null: they are quantized on the grid of the outputs.</param>
    public HBatchNormalization(
        double beta = 0,
        Activation activation = Activation.Linear,
        IQuantizerConfig? kq = null,
        IQuantizerConfig? paq = null,
        BatchNormOptions? batchNorm = null,
        string? name = null,
        IQuantizerConfig? bq = null)
        : base(name, beta, paq)
    {
        Activation = activation;
        _options = batchNorm ?? new BatchNormOptions();
        (_kq, _bq) = (kq ?? QuantizerDefaults.Kernel, bq ?? QuantizerDefaults.Bias);
    }

    /// <summary>What follows the output quantizer.</summary>
    public Activation Activation { get; }

    /// <summary>Its parameters and moving statistics.</summary>
    public BatchNormFold BatchNorm => _norm ?? throw Unlinked();

    /// <summary>The quantizer of the factors.</summary>
    public TrainableQuantizer KernelQuantizer => _scaleQuantizer ?? throw Unlinked();

    /// <summary>The quantizer of the offsets; null: they share that of the outputs.</summary>
    public TrainableQuantizer? BiasQuantizer => _offsetQuantizer;

    /// <inheritdoc/>
    public override bool HasEbops => true;

    /// <inheritdoc/>
    public override bool IsNonNegative => Activation == Activation.Relu;

    /// <inheritdoc/>
    public override IEnumerable<TrainableQuantizer> Quantizers =>
        _offsetQuantizer is null ? [KernelQuantizer, ActivationQuantizer] : [KernelQuantizer, _offsetQuantizer, ActivationQuantizer];

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs)
    {
        var (scale, offset) = BatchNorm.Apply(training ? inputs[0] : null);
        _quantized = KernelQuantizer.QuantizeKernel(scale, training);
        var scaled = inputs[0].Multiply(_quantized.Value);
        _quantizedOffset = _offsetQuantizer?.QuantizeKernel(offset, training);
        return _quantizedOffset is null ? QuantizeOutput(scaled, offset) : QuantizeOutput(scaled.Add(_quantizedOffset.Value));
    }

    /// <summary>The factors that inference uses, exactly on their grids.</summary>
    public torch.Tensor QuantizedScale()
    {
        using var noGradient = torch.no_grad();
        return KernelQuantizer.InferenceKernel(BatchNorm.Apply(null).Scale);
    }

    /// <summary>The offsets that inference uses, exactly on their grids.</summary>
    public torch.Tensor QuantizedOffset()
    {
        using var noGradient = torch.no_grad();
        var offset = BatchNorm.Apply(null).Offset;
        return _offsetQuantizer?.InferenceKernel(offset) ?? ActivationQuantizer.QuantizeBias(offset, training: false);
    }

    /// <inheritdoc/>
    public override IEnumerable<CostTerm> CostTerms()
    {
        var channels = OutputShape[^1];
        yield return new CostTerm(InputBits(0).Reshape(-1, channels).Sum([0]), LastScale().Bits().Contiguous());
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = inputShapes[0];
        if (shape.Count == 0)
        {
            throw new ArgumentException($"The layer {Label} needs an input of at least one dimension besides the batch.", nameof(inputShapes));
        }

        _norm = new BatchNormFold(shape[^1], _options);
        register_module("bn", _norm);
        _scaleQuantizer = BuildQuantizer(_kq, "kq", shape[^1]);
        _offsetQuantizer = _bq is null ? null : BuildQuantizer(_bq, "bq", shape[^1]);
        BuildActivationQuantizer(shape, AutoRounding(shape.Count, hasBias: true));
        return shape;
    }

    /// <inheritdoc/>
    protected override double ComputeExactEbops()
    {
        using var scale = QuantizedScale();
        var bits = HgqQuantizer.GetArrBits(scale);
        return Inputs[0].ExactOutputWidths().Select((width, e) => width * bits.Magnitude(e % bits.Count)).Sum();
    }

    /// <summary>The offsets of the last forward pass with their widths, where they have a quantizer of their own.</summary>
    internal KernelQuantization? LastBias => _quantizedOffset is { Value.IsInvalid: false } kept ? kept : null;

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => [.. CostTerms(), .. Hgq2Count.Bias(LastBias?.Bits(), OutputShape)];

    private KernelQuantization LastScale() => _quantized is { Value.IsInvalid: false } kept
        ? kept
        : KernelQuantizer.QuantizeKernel(BatchNorm.Apply(null).Scale, training);

    private TrainableQuantizer BuildQuantizer(IQuantizerConfig config, string role, long channels)
    {
        var quantizer = config.Create(RoundingStrategy.Standard, record: false);
        quantizer.Build([channels], $"{Label}.{role}");
        register_module(role, quantizer);
        return quantizer;
    }

    private InvalidOperationException Unlinked() => new($"The layer {Label} is not linked yet.");
}
