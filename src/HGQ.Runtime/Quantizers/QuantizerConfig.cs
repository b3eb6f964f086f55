using HGQ.Model.FixedPoint;
using HGQ.Runtime.Regularization;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>A recipe for quantizers; every layer makes its own from it.</summary>
public interface IQuantizerConfig
{
    /// <summary>Whether initial widths are adapted to the weights' own scale when the layer is built.</summary>
    bool AdaptToWeights { get; }

    /// <summary>A new quantizer.</summary>
    /// <param name="auto">What <see cref="RoundingStrategy.Auto"/> stands for in this place.</param>
    /// <param name="record">Whether it quantizes activations, whose ranges are recorded.</param>
    TrainableQuantizer Create(RoundingStrategy auto, bool record);

    /// <summary>The dimensions that share one width.</summary>
    SkipDims Shared { get; }
}

/// <summary>Serialisable arguments of <see cref="HgqQuantizer"/>.</summary>
public sealed record QuantizerConfig : IQuantizerConfig
{
    /// <summary>Weights: 2 fraction bits each, rounded half up, lightly penalised.</summary>
    public static QuantizerConfig DefaultKernel { get; } = new()
    {
        InitBw = 2,
        SkipDims = SkipDims.None,
        RndStrategy = RoundingStrategy.Standard,
        Regularizer = new MonoL1(),
    };

    /// <summary>Outputs: 2 fraction bits per element, shared over the batch, ranges recorded.</summary>
    public static QuantizerConfig DefaultPreActivation { get; } = new()
    {
        InitBw = 2,
        SkipDims = SkipDims.Batch,
        RndStrategy = RoundingStrategy.Auto,
        Regularizer = new MonoL1(),
        MinmaxRecord = true,
    };

    /// <summary>Initial fraction bits.</summary>
    public double InitBw { get; init; } = 2;

    /// <summary>The dimensions that share one width.</summary>
    public SkipDims SkipDims { get; init; } = SkipDims.None;

    /// <summary>Rounding while training.</summary>
    public RoundingStrategy RndStrategy { get; init; } = RoundingStrategy.Floor;

    /// <summary>Whether widths are rounded to integers while training.</summary>
    public bool ExactQValue { get; init; } = true;

    /// <summary>Type of the widths; null: torch's default.</summary>
    public torch.ScalarType? Dtype { get; init; }

    /// <summary>Smallest and largest number of fraction bits.</summary>
    public BitRange BwClip { get; init; } = BitRange.Default;

    /// <summary>Whether the widths are trained.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Penalty on the widths.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>Whether the range of the results is recorded.</summary>
    public bool MinmaxRecord { get; init; }

    /// <summary>Overflow of the exported quantizer; null: as the export is told. Training knows no overflow: the range follows the data.</summary>
    public OverflowMode? Overflow { get; init; }

    /// <inheritdoc/>
    public bool AdaptToWeights { get; init; }

    /// <inheritdoc/>
    SkipDims IQuantizerConfig.Shared => SkipDims;

    /// <inheritdoc/>
    public TrainableQuantizer Create(RoundingStrategy auto, bool record) => HgqQuantizer.FromConfig(this with
    {
        RndStrategy = RndStrategy == RoundingStrategy.Auto ? auto : RndStrategy,
        MinmaxRecord = MinmaxRecord || record,
    });
}
