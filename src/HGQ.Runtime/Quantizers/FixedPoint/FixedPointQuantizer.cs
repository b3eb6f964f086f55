using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace HGQ.Runtime.Quantizers;

/// <summary>
/// A quantizer whose integer bits are trained (or follow the data) as well as its fraction bits: the parametrisation of HGQ2 with
/// the formats, roundings and overflows of fixed-point.md.
/// </summary>
/// <remarks>
/// Saturate and SaturateSymmetric clip before rounding, and train i. Wrap leaves the range open while training: i follows the data,
/// and values wrap at inference. Parameters are real and rounded half to even before use, gradients straight through.
/// </remarks>
public sealed partial class FixedPointQuantizer : TrainableQuantizer
{
    [ComponentName(Name = "i")]
    private Parameter? _i;

    [ComponentName(Name = "f")]
    private Parameter? _f;

    [ComponentName(Name = "b")]
    private Parameter? _b;

    [ComponentName(Name = "k")]
    private torch.Tensor? _k;

    private int[] _sharedDims = [];

    /// <summary>A quantizer without parameters: <see cref="Build"/> makes them.</summary>
    /// <exception cref="ArgumentException">The overflow mode can't be trained.</exception>
    public FixedPointQuantizer(FixedPointQuantizerConfig config)
        : base(nameof(FixedPointQuantizer))
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Require();
        Config = config;
        Regularizer = config.Regularizer;
        if (config.Overflow is OverflowMode.SaturateToZero or OverflowMode.WrapSignMagnitude)
        {
            throw new ArgumentException($"Overflow {config.Overflow} can't be trained; use Saturate, SaturateSymmetric or Wrap.", nameof(config));
        }
    }

    /// <summary>Its arguments.</summary>
    public FixedPointQuantizerConfig Config { get; }

    /// <inheritdoc/>
    public override bool IsBuilt => _i is not null;

    /// <inheritdoc/>
    public override bool Trainable => Config.Trainable;

    internal override torch.ScalarType? DataType => _i?.DataType;

    /// <inheritdoc/>
    public override RoundingMode Rounding => Config.Rounding;

    /// <inheritdoc/>
    public override OverflowMode? Overflow => Config.Overflow;

    /// <summary>Integer bits, of the tensor's shape with 1 where shared.</summary>
    public Parameter IntegerBits => Built(_i);

    /// <summary>Fraction bits f; <see cref="Parametrisation.Kif"/> only.</summary>
    public Parameter FractionBits => Built(_f);

    /// <summary>Bits b = i + f; <see cref="Parametrisation.Kbi"/> only.</summary>
    public Parameter Bits => Built(_b);

    /// <summary>1 where a sign bit is kept.</summary>
    public torch.Tensor KeepNegative => Built(_k);

    private bool IsKbi => Config.Parametrisation == Parametrisation.Kbi;

    private bool Wraps => Config.Overflow == OverflowMode.Wrap;

    private Parameter Trained => IsKbi ? Bits : FractionBits;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<long> shape, string name)
    {
        if (IsBuilt)
        {
            throw new InvalidOperationException($"The quantizer {Name} is built already and can't be built again as {name}.");
        }

        _sharedDims = Config.SkipDims.Resolve(shape.Count);
        var formats = shape.Select((size, d) => _sharedDims.Contains(d) ? 1 : size).ToArray();
        if (formats.Contains(-1))
        {
            throw new ArgumentException($"{name}: a dimension of unknown size must be among the shared ones; skipDims is {Config.SkipDims}.", nameof(shape));
        }

        Name = name;
        InputShape = [.. shape];
        Degeneracy = _sharedDims.Aggregate(1L, (product, d) => product * Math.Max(shape[d], 1));
        _i = Register("i", formats, Config.IntegerBits, trained: Trainable && !Wraps);
        _f = IsKbi ? null : Register("f", formats, Config.FractionBits, Trainable);
        _b = IsKbi ? Register("b", formats, Config.Bits, Trainable) : null;
        _k = NewTensor.Full(formats, Config.KeepNegative ?? true ? 1.0 : 0.0, dtype: torch.get_default_dtype()).DetachFromDisposeScope();
        register_buffer("k", _k);
        CreateRecord(formats);
    }

    /// <summary>Quantizes; in training with the gradients of quantizer.md §5, and under Wrap i follows the data first.</summary>
    /// <param name="x">Values, float32 or float64.</param>
    /// <param name="training">Whether this is a training step.</param>
    /// <returns>Values exactly on their grids, as far as the type of <paramref name="x"/> holds them.</returns>
    public torch.Tensor Forward(torch.Tensor x, bool training) => Forward(x, training, Config.Decay ?? FixedPointQuantizerConfig.DefaultDecay);

    private torch.Tensor Forward(torch.Tensor x, bool training, double decay)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!IsBuilt)
        {
            Build(x.Shape, Name);
        }

        ApplyLimits();
        return Quantize(x, training, decay);
    }

    private torch.Tensor Quantize(torch.Tensor x, bool training, double decay, bool relu = false)
    {
        TensorCheck.RequireFits($"The quantizer {Name}", x, IntegerBits);
        var index = GroupIndex.Of(IntegerBits.Shape, x.Shape);
        double[] values = TensorValues.Read(x);
        if (_tracing)
        {
            return Trace(x, values, index, relu);
        }

        if (training && Wraps)
        {
            Follow(values, index, decay);
        }

        return training ? Train(x, values, index) : Infer(x, values, index, Exported(Groups(), relu));
    }

    /// <inheritdoc/>
    public override torch.Tensor? Penalty() => Trainable ? Regularizer?.Penalty(Trained) : null;

    // TorchSharp would otherwise look through all fields for tensors.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    private torch.Tensor Train(torch.Tensor x, double[] values, GroupIndex index)
    {
        var groups = Groups();
        var (q, slopeX, slopeF, slopeI) = (new double[values.Length], new double[values.Length], new double[values.Length], new double[values.Length]);
        for (int e = 0; e < values.Length; e++)
        {
            int g = index[e];
            q[e] = FixedPointElements.Train(
                values[e], groups.KeepNegative[g], groups.IntegerBits[g], groups.FractionBits[g], Rounding, Config.Overflow, out slopeX[e], out slopeF[e], out slopeI[e]);
        }

        // The gradients ride on terms that are exactly 0, so that the result is on the grid and not one float beside it.
        torch.Tensor Of(double[] numbers) => TensorValues.Create(numbers, x.Shape, x.DataType);
        var result = Of(q).Add(x.Subtract(x.Detach()).Multiply(Of(slopeX)));
        if (!Trainable)
        {
            return result;
        }

        var i = IntegerBits.ToType(x.DataType);
        var f = IsKbi ? Bits.ToType(x.DataType).Subtract(Wraps ? i.Detach() : i) : FractionBits.ToType(x.DataType);
        result = result.Add(f.Subtract(f.Detach()).Multiply(Of(slopeF)));
        return Wraps ? result : result.Add(i.Subtract(i.Detach()).Multiply(Of(slopeI)));
    }

    private torch.Tensor Infer(torch.Tensor x, double[] values, GroupIndex index, FixedPointGroups groups)
    {
        var q = new double[values.Length];
        for (int e = 0; e < values.Length; e++)
        {
            int g = index[e];
            q[e] = FixedPointElements.Infer(values[e], groups.KeepNegative[g], groups.IntegerBits[g], groups.FractionBits[g], Rounding, Config.Overflow);
        }

        return TensorValues.Create(q, x.Shape, x.DataType).Add(x.Subtract(x.Detach()));
    }

    // Behind a relu there is no sign, also where one is kept: a value that wraps stays at 0 or above.
    private static FixedPointGroups Exported(FixedPointGroups groups, bool relu) =>
        relu ? groups with { KeepNegative = new int[groups.KeepNegative.Length] } : groups;

    private FixedPointGroups Groups()
    {
        int[] k = Rounded(KeepNegative), i = Rounded(IntegerBits), bits = Rounded(Trained);
        return new FixedPointGroups(k, i, IsKbi ? [.. bits.Select((b, g) => b - i[g])] : bits);
    }

    private static int[] Rounded(torch.Tensor parameters)
        => Array.ConvertAll(TensorValues.Read(parameters), value => (int)Math.Round(value, MidpointRounding.ToEven));

    private Parameter Register(string name, long[] shape, double value, bool trained)
    {
        var parameter = new Parameter(NewTensor.Full(shape, value, dtype: torch.get_default_dtype()), trained);
        register_parameter(name, parameter);
        return parameter;
    }

    // Where i follows the data it decays from where it is, and is limited afterwards.
    private void ApplyLimits()
    {
        using var noGradient = torch.no_grad();
        if (!Wraps)
        {
            IntegerBits.ClampInPlace(Config.IntegerLimits.Min, Config.IntegerLimits.Max);
        }

        var limits = IsKbi ? Config.BitLimits : Config.FractionLimits;
        Trained.ClampInPlace(limits.Min, limits.Max);
    }

    private T Built<T>(T? part)
        where T : class
        => part ?? throw new InvalidOperationException(
            IsBuilt ? $"The quantizer {Name} is parametrised as {Config.Parametrisation} and has no such parameter." : $"The quantizer {Name} is not built yet.");
}
