using System;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Regularization;

namespace HGQ.Runtime.Quantizers;

/// <summary>Serialisable arguments of <see cref="FixedPointQuantizer"/>.</summary>
public sealed record FixedPointQuantizerConfig : IQuantizerConfig
{
    private readonly BitRange? _integerLimits;

    /// <summary>Weights: b = 8, i = 2, saturating symmetrically, every weight on its own (HGQ2's default).</summary>
    public static FixedPointQuantizerConfig DefaultKernel { get; } = new()
    {
        Parametrisation = Parametrisation.Kbi,
        Overflow = OverflowMode.SaturateSymmetric,
        Bits = 8,
        IntegerBits = 2,
        Regularizer = new MonoL1(1e-8),
    };

    /// <summary>Activations: i = 2, f = 6, wrapping, i follows the data, every element on its own (HGQ2's default).</summary>
    public static FixedPointQuantizerConfig DefaultActivation { get; } = new()
    {
        Overflow = OverflowMode.Wrap,
        SkipDims = SkipDims.Batch,
        Regularizer = new MonoL1(1e-8),
    };

    /// <summary>Integer bits that an activation gives up in a step where nothing else is said.</summary>
    public const double DefaultDecay = 0.01;

    /// <summary>Which numbers are trained.</summary>
    public Parametrisation Parametrisation { get; init; } = Parametrisation.Kif;

    /// <summary>Whether a sign bit is kept; null: found by tracing, and kept until then.</summary>
    public bool? KeepNegative { get; init; }

    /// <summary>Initial integer bits i, without the sign.</summary>
    public double IntegerBits { get; init; } = 2;

    /// <summary>Initial fraction bits f (<see cref="Parametrisation.Kif"/>).</summary>
    public double FractionBits { get; init; } = 6;

    /// <summary>Initial bits b = i + f (<see cref="Parametrisation.Kbi"/>).</summary>
    public double Bits { get; init; } = 8;

    /// <summary>Rounding, in training and at inference.</summary>
    public RoundingMode Rounding { get; init; } = RoundingMode.RoundHalfUp;

    /// <summary>Overflow: Saturate, SaturateSymmetric or Wrap. Under Wrap i follows the data and is not trained.</summary>
    public OverflowMode Overflow { get; init; } = OverflowMode.Saturate;

    /// <summary>
    /// Integer bits that are given up in each training step where the data need fewer (Wrap only); null: <see cref="DefaultDecay"/> for activations,
    /// all at once for weights, which a step shows completely.
    /// </summary>
    public double? Decay { get; init; }

    /// <summary>Dimensions that share one format.</summary>
    public SkipDims SkipDims { get; init; } = SkipDims.None;

    /// <summary>
    /// Limits of i, in every mode. Where none are given: −23 to 23, and no upper one under Wrap, where i is not trained but holds what the
    /// data need.
    /// </summary>
    public BitRange IntegerLimits
    {
        get => _integerLimits ?? new BitRange(-23, Overflow == OverflowMode.Wrap ? double.PositiveInfinity : 23);
        init => _integerLimits = value;
    }

    /// <summary>Limits of f (<see cref="Parametrisation.Kif"/>).</summary>
    public BitRange FractionLimits { get; init; } = new(-23, 23);

    /// <summary>Limits of b (<see cref="Parametrisation.Kbi"/>).</summary>
    public BitRange BitLimits { get; init; } = new(0, 23);

    /// <summary>Whether the parameters are trained.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Penalty on f (Kif) or b (Kbi).</summary>
    public Regularizer? Regularizer { get; init; }

    /// <inheritdoc/>
    public bool AdaptToWeights { get; init; }

    /// <summary>Refuses numbers that no quantizer can start from.</summary>
    internal void Require()
    {
        BitRange.RequireFinite(nameof(IntegerBits), IntegerBits);
        BitRange.RequireFinite(nameof(FractionBits), FractionBits);
        BitRange.RequireFinite(nameof(Bits), Bits);
        IntegerLimits.Required(nameof(IntegerLimits));
        FractionLimits.Required(nameof(FractionLimits));
        BitLimits.Required(nameof(BitLimits));
        if (Decay is { } decay && !(decay >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Decay), decay, "Integer bits that are given up in a step: 0 or more.");
        }
    }

    /// <inheritdoc/>
    SkipDims IQuantizerConfig.Shared => SkipDims;

    /// <inheritdoc/>
    public TrainableQuantizer Create(RoundingStrategy auto, bool record) => new FixedPointQuantizer(this);
}
