using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace HGQ.Runtime.Quantizers;

/// <summary>
/// The quantizer of High Granularity Quantization (arXiv:2405.00645): every element, or group of elements, has its own number of fraction
/// bits, a real-valued trainable parameter; the integer bits follow from the values.
/// </summary>
public sealed partial class HgqQuantizer : TrainableQuantizer
{
    [ComponentName(Name = "fbw")]
    private Parameter? _fbw;

    [ComponentName(Name = "min")]
    private torch.Tensor? _min;

    [ComponentName(Name = "max")]
    private torch.Tensor? _max;

    private int[] _sharedDims = [];
    private OverflowMode? _overflow;

    /// <summary>A quantizer without parameters: <see cref="Build(IReadOnlyList{long}, string)"/> makes them.</summary>
    /// <param name="initBw">Initial fraction bits.</param>
    /// <param name="skipDims">Dimensions that share one width.</param>
    /// <param name="rndStrategy">Rounding while training.</param>
    /// <param name="exactQValue">Whether widths are rounded to integers while training (outside training they always are).</param>
    /// <param name="dtype">float32 or float64; null: torch's default.</param>
    /// <param name="bwClip">Limits of the fraction bits; null: −23 to 23.</param>
    /// <param name="trainable">Whether the widths are trained.</param>
    /// <param name="regularizer">Penalty on the widths.</param>
    /// <param name="minmaxRecord">Whether the range of the results is recorded.</param>
    public HgqQuantizer(
        double initBw,
        SkipDims? skipDims = null,
        RoundingStrategy rndStrategy = RoundingStrategy.Floor,
        bool exactQValue = true,
        torch.ScalarType? dtype = null,
        BitRange? bwClip = null,
        bool trainable = true,
        Regularizer? regularizer = null,
        bool minmaxRecord = false)
        : base(nameof(HgqQuantizer))
    {
        BitRange.RequireFinite(nameof(initBw), initBw);
        TensorCheck.RequireReal(nameof(HgqQuantizer), dtype);
        InitBw = initBw;
        SkipDims = skipDims ?? SkipDims.None;
        RndStrategy = rndStrategy;
        ExactQValue = exactQValue;
        Dtype = dtype;
        BwClip = (bwClip ?? BitRange.Default).Required(nameof(bwClip));
        Trainable = trainable;
        Regularizer = regularizer;
        MinmaxRecord = minmaxRecord;
    }

    /// <summary>Initial fraction bits.</summary>
    public double InitBw { get; }

    /// <summary>Dimensions that share one width.</summary>
    public SkipDims SkipDims { get; }

    /// <summary>Rounding while training.</summary>
    public RoundingStrategy RndStrategy { get; }

    /// <summary>Whether widths are rounded to integers while training.</summary>
    public bool ExactQValue { get; }

    /// <summary>Type of the parameters; null: torch's default when they are made.</summary>
    public torch.ScalarType? Dtype { get; }

    /// <summary>Limits of the fraction bits.</summary>
    public BitRange BwClip { get; }

    /// <inheritdoc/>
    public override bool Trainable { get; }

    /// <summary>Whether the range of the results is recorded.</summary>
    public bool MinmaxRecord { get; set; }

    /// <inheritdoc/>
    public override bool IsBuilt => _fbw is not null;

    /// <summary>Real-valued fraction bits: the input shape with every shared dimension set to 1.</summary>
    /// <exception cref="InvalidOperationException">It is not built.</exception>
    public Parameter Fbw => _fbw ?? throw new InvalidOperationException($"The quantizer {Name} is not built yet.");

    /// <summary>Smallest result since the last reset, of the shape of <see cref="Fbw"/>.</summary>
    public torch.Tensor Min => _min ?? throw new InvalidOperationException($"The quantizer {Name} is not built yet.");

    /// <summary>Largest result since the last reset, of the shape of <see cref="Fbw"/>.</summary>
    public torch.Tensor Max => _max ?? throw new InvalidOperationException($"The quantizer {Name} is not built yet.");

    internal override torch.ScalarType? DataType => _fbw?.DataType;

    /// <inheritdoc/>
    public override RoundingMode Rounding => RndStrategy == RoundingStrategy.Floor ? RoundingMode.Truncate : RoundingMode.RoundHalfUp;

    /// <inheritdoc/>
    public override OverflowMode? Overflow => _overflow;

    private double GradientScale => 1 / Math.Sqrt(Degeneracy);

    /// <summary>Makes a quantizer from its serialisable arguments.</summary>
    public static HgqQuantizer FromConfig(QuantizerConfig config) => new(
        config.InitBw,
        config.SkipDims,
        config.RndStrategy,
        config.ExactQValue,
        config.Dtype,
        config.BwClip,
        config.Trainable,
        config.Regularizer,
        config.MinmaxRecord)
    {
        _overflow = config.Overflow,
    };

    /// <summary>Rounds to integers. Not differentiable; <see cref="Forward"/> is.</summary>
    public static torch.Tensor QRound(torch.Tensor x, RoundingStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(x);
        TensorCheck.RequireReal(nameof(QRound), x.DataType);
        return Quantizers.Rounding.Apply(x, strategy);
    }

    /// <summary>Creates the widths, filled with <see cref="InitBw"/>.</summary>
    /// <param name="shape">Shape of the input; −1 for an unknown batch size, which must be shared.</param>
    /// <param name="name">What it is called in messages.</param>
    public override void Build(IReadOnlyList<long> shape, string name)
    {
        RequireUnbuilt(name);
        _sharedDims = SkipDims.Resolve(shape.Count);
        var widths = shape.Select((size, d) => _sharedDims.Contains(d) ? 1 : size).ToArray();
        if (Array.IndexOf(widths, -1) is >= 0 and var unknown)
        {
            throw new ArgumentException(
                $"{name}: dimension {unknown} has no known size, so it must be among the shared ones; skipDims is {SkipDims}.", nameof(shape));
        }

        Adopt(new Parameter(NewTensor.Full(widths, InitBw, dtype: Dtype ?? torch.get_default_dtype()), Trainable), shape, name);
    }

    /// <summary>Adopts existing widths; their dimensions of size 1 are taken as shared where <see cref="SkipDims"/> says so.</summary>
    public void Build(Parameter fbw, string name)
    {
        RequireUnbuilt(name);
        _sharedDims = SkipDims.Resolve((int)fbw.Rank);
        Adopt(fbw, fbw.Shape, name);
    }

    /// <summary>Builds if needed, clips the widths into <see cref="BwClip"/>, then <see cref="Forward"/>.</summary>
    /// <param name="x">Values, float32 or float64.</param>
    /// <param name="training">Whether gradients to the widths and training-time rounding are wanted.</param>
    /// <param name="recordMinmax">Whether the range is recorded; null: as <see cref="MinmaxRecord"/> says.</param>
    public torch.Tensor Call(torch.Tensor x, bool training = false, bool? recordMinmax = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!IsBuilt)
        {
            Build(x.Shape, Name);
        }

        ClipWidths();
        return Forward(x, training, recordMinmax);
    }

    /// <summary>
    /// Rounds to the grid of 2^−n, n = round-half-even(fbw); exactly on the grid. In training ∂xq/∂x = 1 and ∂xq/∂fbw = ln2·(x − xq).
    /// </summary>
    public torch.Tensor Forward(torch.Tensor x, bool training, bool? recordMinmax = null)
    {
        if (_min is not null && Columns(x) > 0 && IsFusable(x, training))
        {
            return RunFused(x, training, relu: false, bias: null, BitRange.Unlimited, recordMinmax ?? MinmaxRecord).Value;
        }

        TensorCheck.RequireFits($"The quantizer {Name}", x, Fbw);
        var xq = QuantizerOperators.Quantize(x, Fbw, training, ExactQValue, Strategy(training));
        if (recordMinmax ?? MinmaxRecord)
        {
            Record(xq);
        }

        return xq;
    }

    /// <summary>Quantizes a bias with, per channel, the largest width of the outputs' other dimensions.</summary>
    /// <exception cref="ArgumentException"><paramref name="channelLoc"/> is neither −1 nor 1.</exception>
    public torch.Tensor BiasForward(torch.Tensor x, bool training, int channelLoc = -1)
    {
        if (channelLoc is not (-1 or 1))
        {
            throw new ArgumentException($"channelLoc must be -1 or 1, not {channelLoc}.", nameof(channelLoc));
        }

        var widths = ChannelWidths(channelLoc);
        TensorCheck.RequireFits($"The quantizer {Name}, for a bias,", x, widths);
        return QuantizerOperators.Quantize(x, widths, training, ExactQValue, Strategy(training));
    }

    /// <summary>Equal relative precision for all: fbw ← fbw − log2|ref|, the minimum over shared dimensions. Zeros keep <see cref="InitBw"/>.</summary>
    public void AdaptBwBits(torch.Tensor reference)
    {
        TensorCheck.RequireFits($"The quantizer {Name}", reference, Fbw);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var magnitude = reference.Detach().Abs();
        var adapted = magnitude.EqualTo(0).Choose(NewTensor.FullLike(magnitude, double.PositiveInfinity), Fbw.Subtract(magnitude.Log2()));
        var smallest = ReduceShared(adapted, (t, dims) => t.Amin(dims, keepdim: true));
        Fbw.CopyFrom(smallest.IsPositiveInfinity().Choose(NewTensor.FullLike(smallest, InitBw), smallest));
    }

    /// <inheritdoc/>
    public override void AdaptToWeights(torch.Tensor reference) => AdaptBwBits(reference);

    /// <inheritdoc/>
    public override torch.Tensor? Penalty() => Trainable ? Regularizer?.Penalty(Fbw) : null;

    // TorchSharp would otherwise look through all fields for tensors.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    private RoundingStrategy InferenceStrategy =>
        RndStrategy == RoundingStrategy.Floor ? RoundingStrategy.Floor : RoundingStrategy.Standard;

    private void RequireUnbuilt(string name)
    {
        if (IsBuilt)
        {
            throw new InvalidOperationException($"The quantizer {Name} is built already and can't be built again as {name}.");
        }
    }

    private void Adopt(Parameter fbw, IReadOnlyList<long> shape, string name)
    {
        Name = name;
        InputShape = [.. shape];
        Degeneracy = _sharedDims.Aggregate(1L, (product, d) => product * Math.Max(shape[d], 1));
        _fbw = fbw;
        register_parameter("fbw", fbw);
        InitMinmax();
    }

    private void ClipWidths()
    {
        if (BwClip != BitRange.Unlimited)
        {
            using var noGradient = torch.no_grad();
            Fbw.ClampInPlace(BwClip.Min, BwClip.Max);
        }
    }

    // Ties share the gradient equally.
    private torch.Tensor ChannelWidths(int channelLoc)
    {
        var shape = Fbw.Shape;
        var channel = (channelLoc + shape.Length) % shape.Length;
        if (shape.Where((_, d) => d != channel).All(size => size == 1))
        {
            return Fbw.Reshape(-1);
        }

        // A copy, because the widths are clipped in place before the gradient is computed.
        return Fbw.Add(0).Amax([.. Enumerable.Range(0, shape.Length).Where(d => d != channel)]);
    }

    private torch.Tensor ReduceShared(torch.Tensor x, Func<torch.Tensor, long[], torch.Tensor> reduce) =>
        _sharedDims.Length == 0 ? x : reduce(x, Array.ConvertAll(_sharedDims, d => (long)d));
}
