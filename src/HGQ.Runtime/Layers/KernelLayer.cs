using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace HGQ.Runtime.Layers;

/// <summary>A layer with weights and maybe a bias: y = activation(quantize(x·kq(W) + bias)), the bias on the grid of the outputs.</summary>
public abstract class KernelLayer : QuantizedOutputLayer
{
    private readonly IQuantizerConfig _config;
    private readonly IQuantizerConfig? _biasConfig;
    private readonly bool _useBias;

    [ComponentName(Name = "kernel")]
    private Parameter? _kernel;

    [ComponentName(Name = "bias")]
    private Parameter? _bias;

    private readonly BatchNormOptions? _batchNorm;
    private TrainableQuantizer? _kq;
    private TrainableQuantizer? _bq;
    private KernelQuantization? _quantized;
    private KernelQuantization? _quantizedBias;

    /// <summary>Remembers the arguments; the parameters are made when the shapes are known.</summary>
    protected KernelLayer(
        string? name,
        double beta,
        Activation activation,
        bool useBias,
        IQuantizerConfig? kq,
        IQuantizerConfig? paq,
        BatchNormOptions? batchNorm = null,
        IQuantizerConfig? bq = null)
        : base(name, beta, paq)
    {
        _biasConfig = bq ?? QuantizerDefaults.Bias;
        _batchNorm = batchNorm;
        Activation = activation;
        _useBias = useBias;
        _config = kq ?? QuantizerDefaults.Kernel;
    }

    /// <summary>What follows the output quantizer.</summary>
    public Activation Activation { get; }

    /// <summary>Trainable weights, the outputs as last dimension.</summary>
    public Parameter Kernel => _kernel ?? throw new InvalidOperationException($"The layer {Label} is not linked yet.");

    /// <summary>Trainable offsets, one per output channel, or null.</summary>
    public Parameter? Bias => _bias;

    /// <summary>The batch norm that is folded into kernel and bias, or null.</summary>
    public BatchNormFold? BatchNorm { get; private set; }

    /// <summary>The quantizer of the weights.</summary>
    public TrainableQuantizer KernelQuantizer => _kq ?? throw new InvalidOperationException($"The layer {Label} is not linked yet.");

    /// <summary>The quantizer of the bias; null: it is quantized on the grid of the outputs, by their quantizer.</summary>
    public TrainableQuantizer? BiasQuantizer => _bq;

    /// <inheritdoc/>
    public override bool HasEbops => true;

    internal override torch.ScalarType? DataType => _kernel?.DataType;

    /// <inheritdoc/>
    public override bool IsNonNegative => Activation == Activation.Relu;

    /// <inheritdoc/>
    public override IEnumerable<TrainableQuantizer> Quantizers =>
        _bq is null ? [KernelQuantizer, ActivationQuantizer] : [KernelQuantizer, _bq, ActivationQuantizer];

    /// <summary>The weights that inference uses, exactly on their grids.</summary>
    public torch.Tensor QuantizedKernel()
    {
        using var noGradient = torch.no_grad();
        return KernelQuantizer.InferenceKernel(Fold(null).Kernel);
    }

    /// <summary>The bias that inference uses, exactly on its grid; null without one.</summary>
    public torch.Tensor? QuantizedBias()
    {
        using var noGradient = torch.no_grad();
        return Fold(null).Bias is { } bias
            ? _bq?.InferenceKernel(bias) ?? ActivationQuantizer.QuantizeBias(bias, training: false)
            : null;
    }

    /// <summary>Exact formats of the weights, each by itself.</summary>
    public FixedPointBits ExactKernelBits()
    {
        using var kernel = QuantizedKernel();
        return HgqQuantizer.GetArrBits(kernel);
    }

    /// <summary>Whether every weight rounds to 0, so that the layer can learn nothing.</summary>
    public bool IsCollapsed()
    {
        using var kernel = QuantizedKernel();
        return kernel.CountNonzero().Item<long>() == 0;
    }

    /// <inheritdoc/>
    public override void InitializeWeights(Func<double> uniform)
    {
        var shape = Kernel.Shape;
        double receptive = shape.SkipLast(2).Aggregate(1L, (a, b) => a * b);
        // Glorot and Bengio 2010: variance 2 / (fan in + fan out).
        var limit = Math.Sqrt(6 / (receptive * (shape[^1] + shape[^2])));
        var values = new double[Kernel.Count];
        for (var e = 0; e < values.Length; e++)
        {
            values[e] = ((2 * uniform()) - 1) * limit;
        }

        using var noGradient = torch.no_grad();
        using var drawn = NewTensor.Of(values, shape, dtype: Kernel.DataType);
        Kernel.CopyFrom(drawn);
        _bias?.Fill(0);
        AdaptWidths();
    }

    /// <summary>Makes kernel, bias and the quantizers.</summary>
    /// <param name="kernelShape">The outputs as last dimension, the inputs before it.</param>
    /// <param name="outputShape">Shape without the batch dimension, the channels last.</param>
    protected void BuildKernel(long[] kernelShape, IReadOnlyList<long> outputShape)
    {
        _kernel = new Parameter(NewTensor.Zeros(kernelShape));
        register_parameter("kernel", _kernel);
        if (_useBias)
        {
            _bias = new Parameter(NewTensor.Zeros(kernelShape[^1]));
            register_parameter("bias", _bias);
        }

        if (_batchNorm is not null)
        {
            BatchNorm = new BatchNormFold(kernelShape[^1], _batchNorm);
            register_module("bn", BatchNorm);
        }

        _kq = _config.Create(RoundingStrategy.Standard, record: false);
        _kq.Build(kernelShape, $"{Label}.kq");
        register_module("kq", _kq);
        if (_biasConfig is not null && (_useBias || _batchNorm is not null))
        {
            _bq = _biasConfig.Create(RoundingStrategy.Standard, record: false);
            _bq.Build([kernelShape[^1]], $"{Label}.bq");
            register_module("bq", _bq);
        }

        BuildActivationQuantizer(outputShape, AutoRounding(outputShape.Count, _useBias || _batchNorm is not null));
        var random = NewTensor.Random(kernelShape, dtype: torch.float64).Elements<double>();
        var next = 0;
        InitializeWeights(() => random[next++]);
    }

    /// <summary>Kernel and bias with the batch norm folded in, not yet quantized.</summary>
    /// <param name="product">What a kernel makes of this step's input; its statistics count while training. Null: the moving ones.</param>
    protected (torch.Tensor Kernel, torch.Tensor? Bias) Fold(Func<torch.Tensor, torch.Tensor>? product)
    {
        if (BatchNorm is null)
        {
            return (Kernel, _bias);
        }

        var outputs = training && product is not null ? product(Kernel) : null;
        var (scale, offset) = BatchNorm.Apply(outputs is not null && _bias is not null ? outputs.Add(_bias) : outputs);
        return (Kernel.Multiply(scale), _bias is null ? offset : _bias.Multiply(scale).Add(offset));
    }

    /// <summary>Quantizes the outputs of this step with their bias.</summary>
    /// <param name="x">Exact outputs without the bias.</param>
    /// <param name="bias">Unquantized bias, or null.</param>
    protected torch.Tensor QuantizeSum(torch.Tensor x, torch.Tensor? bias)
    {
        _quantizedBias = null;
        if (bias is null || _bq is null)
        {
            return QuantizeOutput(x, bias);
        }

        _quantizedBias = _bq.QuantizeKernel(bias, training);
        return QuantizeOutput(x.Add(_quantizedBias.Value));
    }

    /// <summary>Quantizes the weights for this step and keeps their widths for the cost.</summary>
    protected torch.Tensor QuantizeKernel(torch.Tensor kernel)
    {
        _quantized = KernelQuantizer.QuantizeKernel(kernel, training);
        return _quantized.Value;
    }

    /// <summary>The sum of the weights' trained widths in the last forward pass, if it was computed and gradients flow through it.</summary>
    internal torch.Tensor? LastWidthSum => _quantized is { Value.IsInvalid: false, WidthSum: { RequiresGradient: true } sum } ? sum : null;

    /// <summary>The bias of the last forward pass with its widths, where it has a quantizer of its own.</summary>
    internal KernelQuantization? LastBias => _quantizedBias is { Value.IsInvalid: false } kept ? kept : null;

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => [.. CostTerms(), .. Hgq2Count.Bias(LastBias?.Bits(), OutputShape)];

    /// <summary>The weights of the last forward pass with their widths; quantizes them where there was none.</summary>
    protected internal KernelQuantization LastKernel() =>
        _quantized is { Value.IsInvalid: false } kept ? kept : KernelQuantizer.QuantizeKernel(Fold(null).Kernel, training);

    private void AdaptWidths()
    {
        if (_config.AdaptToWeights)
        {
            KernelQuantizer.AdaptToWeights(Kernel);
        }
    }
}
