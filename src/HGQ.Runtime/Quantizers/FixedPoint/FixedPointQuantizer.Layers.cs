using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <content>What layers ask for: weights, biases, outputs, widths.</content>
public sealed partial class FixedPointQuantizer
{
    /// <inheritdoc/>
    public override KernelQuantization QuantizeKernel(torch.Tensor kernel, bool training)
    {
        if (IsFusableKernel(kernel, training))
        {
            return QuantizeKernelFused(kernel);
        }

        var value = Forward(kernel, training, Config.Decay ?? double.PositiveInfinity);
        return new KernelQuantization(value, () => (Count == EbopsCount.Hgq2 ? Hgq2Width() : ScaleGradient(Width(countSign: false), 1 / Math.Sqrt(Degeneracy))).BroadcastTo(value.Shape));
    }

    /// <inheritdoc/>
    public override torch.Tensor QuantizeBias(torch.Tensor bias, bool training, int channelLoc = -1)
    {
        if (channelLoc is not (-1 or 1))
        {
            throw new ArgumentException($"channelLoc must be -1 or 1, not {channelLoc}.", nameof(channelLoc));
        }

        int rank = (int)IntegerBits.Rank, channel = (channelLoc + rank) % rank;
        long[] others = [.. Enumerable.Range(0, rank).Where(d => d != channel).Select(d => (long)d)];
        var fraction = IsKbi ? Bits.Subtract((Wraps ? IntegerBits.Detach() : (torch.Tensor)IntegerBits).Round()) : (torch.Tensor)FractionBits;
        var perChannel = others.Length == 0 ? fraction : fraction.Amax(others);
        int[] f = Rounded(perChannel);
        double[] values = TensorValues.Read(bias);
        double[] q = [.. values.Select((value, e) => FixedPointElements.Round(value, f[f.Length == 1 ? 0 : e], Rounding))];
        var result = TensorValues.Create(q, bias.Shape, bias.DataType).Add(bias.Subtract(bias.Detach()));
        if (!training || !Trainable)
        {
            return result;
        }

        using var rest = TensorValues.Create([.. values.Select((value, e) => Math.Log(2) * (value - q[e]))], bias.Shape, bias.DataType);
        return result.Add(perChannel.Subtract(perChannel.Detach()).Multiply(rest.Clone()));
    }

    /// <inheritdoc/>
    public override ActivationQuantization QuantizeActivation(
        torch.Tensor x, bool training, bool relu = false, torch.Tensor? bias = null)
    {
        if (FusedColumns(x) is > 0 and var columns)
        {
            return QuantizeFused(x, training, relu, bias, columns);
        }

        // The limits first: they change parameters in place that the gradient of the bias reads.
        ApplyLimits();
        var sum = bias is null ? x : x.Add(QuantizeBias(bias, training));

        // The relu first, as in what is exported: negative sums need no integer bits, and rounding commutes with it.
        var value = Quantize(relu ? sum.Relu() : sum, training, ActivationDecay, relu);
        if (!_tracing)
        {
            Record(value);
        }

        // In training once more, without effect on the value: no gradient passes where it rounds to 0.
        return new ActivationQuantization(relu && training ? value.Relu() : value, () => ActivationBits(relu));
    }

    /// <summary>Differentiable width i + f or b, at least 0, the sign added where asked for: HGQ2 counts it under Saturate only.</summary>
    /// <param name="countSign">Whether k is added.</param>
    public torch.Tensor Width(bool countSign)
    {
        var i = StraightThrough(IntegerBits);

        // b is limited to 0 already: its gradient stays there.
        var width = IsKbi ? StraightThrough(Bits).ClampBelow(0) : i.Add(StraightThrough(FractionBits)).Relu();
        return countSign ? width.Add(KeepNegative) : width;
    }

    /// <inheritdoc/>
    public override torch.Tensor ActivationBits(bool posOnly)
    {
        if (Count == EbopsCount.Hgq2)
        {
            return Hgq2Width();
        }

        var width = posOnly ? Width(countSign: false) : Width(countSign: false).Add(KeepNegative);
        return ScaleGradient(width, 1 / Math.Sqrt(Degeneracy));
    }

    /// <inheritdoc/>
    public override FixedPointBits ExactActivationBits(bool posOnly)
    {
        var groups = Groups();
        int[] k = posOnly ? new int[groups.KeepNegative.Length] : groups.KeepNegative;
        return new FixedPointBits(IntegerBits.Shape, k, groups.IntegerBits, groups.FractionBits);
    }

    /// <summary>Chooses i so that every weight is in range and keeps the number of bits: equal relative precision.</summary>
    public override void AdaptToWeights(torch.Tensor reference)
    {
        var index = GroupIndex.Of(IntegerBits.Shape, reference.Shape);
        double[] values = TensorValues.Read(reference), i = TensorValues.Read(IntegerBits), trained = TensorValues.Read(Trained);
        var largest = new double[i.Length];
        for (int e = 0; e < values.Length; e++)
        {
            largest[index[e]] = Math.Max(largest[index[e]], Math.Abs(values[e]));
        }

        for (int g = 0; g < i.Length; g++)
        {
            if (largest[g] > 0)
            {
                double bits = IsKbi ? trained[g] : i[g] + trained[g];
                i[g] = ExactBinary.FloorLog2(largest[g]) + 1;
                trained[g] = IsKbi ? bits : bits - i[g];
            }
        }

        StoreIntegerBits(i);
        using var noGradient = torch.no_grad();
        using var stored = TensorValues.Create(trained, Trained.Shape, Trained.DataType);
        Trained.CopyFrom(stored);
    }

    private torch.Tensor Hgq2Width() => Width(countSign: Config.Overflow == OverflowMode.Saturate);

    private static torch.Tensor StraightThrough(torch.Tensor parameter) => parameter.Detach().Round().Add(parameter.Subtract(parameter.Detach()));
}
