using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <content>
/// The cases that training spends its time on as one pass over the tensors' memory: activations of KIF under Wrap, and saturating weights with a
/// format each.
/// </content>
public sealed partial class FixedPointQuantizer
{
    // Fewer elements than columns · rows: parameters shared over leading dimensions, or over all. HGQ2's count, for comparisons only, has widths
    // of its own, and reads them later.
    private int FusedColumns(torch.Tensor x)
    {
        bool fusable = UseFusedPasses && Count == EbopsCount.Products && !IsKbi && Wraps && IsBuilt
            && Config.Rounding is RoundingMode.RoundHalfUp or RoundingMode.Truncate
            && x.DataType == FractionBits.DataType && x.DataType == Built(_min).DataType
            && x.Count > 0 && TensorMemory.IsPlain(x) && TensorMemory.IsPlain(FractionBits);
        return fusable ? ColumnPattern.Count(FractionBits.Shape, x.Shape) : 0;
    }

    private double ActivationDecay => Config.Decay ?? FixedPointQuantizerConfig.DefaultDecay;

    private bool IsFusableKernel(torch.Tensor kernel, bool training) =>
        UseFusedPasses && training && Trainable && IsBuilt && !Wraps && kernel.Rank > 1
        && Config.KeepNegative is not false
        && Config.Rounding is RoundingMode.RoundHalfUp or RoundingMode.Truncate
        && kernel.DataType == torch.ScalarType.Float32 && Trained.DataType == torch.ScalarType.Float32
        && kernel.Shape.SequenceEqual(Trained.Shape)
        && TensorMemory.IsPlain(kernel) && TensorMemory.IsPlain(Trained) && TensorMemory.IsPlain(IntegerBits);

    private KernelQuantization QuantizeKernelFused(torch.Tensor kernel)
    {
        ApplyLimits();
        double scale = 1 / Math.Sqrt(Degeneracy);
        var settings = new SaturatingKernelSettings(
            IsKbi, Config.Overflow == OverflowMode.SaturateSymmetric, Config.Rounding == RoundingMode.Truncate, scale);
        var outputs = FusedFunction.Run(new SaturatingKernelNode(settings), kernel, IntegerBits, Trained);
        return new KernelQuantization(outputs[0], outputs[1], () => ScaleGradient(Width(countSign: false), scale));
    }

    private ActivationQuantization QuantizeFused(torch.Tensor x, bool training, bool relu, torch.Tensor? bias, int columns)
    {
        // The limits first: they change parameters in place that the gradient of the bias reads.
        ApplyLimits();
        if (bias is not null && bias.Count != columns)
        {
            (x, bias) = (x.Add(QuantizeBias(bias, training)), null);
        }

        if (_tracing)
        {
            torch.Tensor traced = RunFused(x, training: false, relu, bias, Built(_min), Built(_max)).Value;
            return new ActivationQuantization(TraceFused(x, bias, traced, relu), () => ActivationBits(relu));
        }

        // The record starts as the range that the whole part of i stands for, given up a little while training; what the batch needs widens it.
        FixedPointGroups groups = Groups();
        double[] decayed = Array.ConvertAll(TensorValues.Read(IntegerBits), i => training ? i - ActivationDecay : i);
        var (low, high) = (new double[decayed.Length], new double[decayed.Length]);
        for (int g = 0; g < decayed.Length; g++)
        {
            int i = (int)Math.Floor(decayed[g]), f = groups.FractionBits[g];
            high[g] = Math.Max(Math.ScaleB(1, i) - Math.ScaleB(1, -f), 0);
            low[g] = groups.KeepNegative[g] == 0 || i + f < 0 || relu ? 0 : -Math.ScaleB(1, i);
        }

        using torch.Tensor min = TensorValues.Create(low, IntegerBits.Shape, x.DataType), max = TensorValues.Create(high, IntegerBits.Shape, x.DataType);
        (torch.Tensor value, torch.Tensor bits, IWidthGate gate) = RunFused(x, training, relu, bias, min, max);
        double[] least = relu ? new double[decayed.Length] : TensorValues.Read(min), most = TensorValues.Read(max);
        if (training)
        {
            Follow(decayed, groups, least, most);
            StoreWidths(bits, gate, groups, relu);
        }
        else
        {
            value = Wrapped(x, bias, value, relu, groups, least, most);
        }

        return new ActivationQuantization(value, () => bits)
        {
            Source = relu || bias is not null ? null : LeafSource.Of(x, FractionBits, training && Trainable),
        };
    }

    private (torch.Tensor Value, torch.Tensor Bits, IWidthGate Gate) RunFused(
        torch.Tensor x, bool training, bool relu, torch.Tensor? bias, torch.Tensor min, torch.Tensor max)
    {
        var settings = new ActivationSettings(
            Config.FractionLimits.Ends, Config.Rounding == RoundingMode.Truncate, relu, training && Trainable, 1 / Math.Sqrt(Degeneracy), min, max,
            Record: true);
        IFusedNode node = x.DataType == torch.ScalarType.Float32 ? new ActivationNode<float>(settings) : new ActivationNode<double>(settings);
        var outputs = bias is null ? FusedFunction.Run(node, x, FractionBits) : FusedFunction.Run(node, x, FractionBits, bias);
        return (outputs[0], outputs[1], (IWidthGate)node);
    }

    private void Follow(double[] decayed, FixedPointGroups groups, double[] least, double[] most)
    {
        for (int g = 0; g < decayed.Length; g++)
        {
            double need = FixedPointElements.NeedOfRange(least[g], most[g], groups.KeepNegative[g], groups.FractionBits[g]);
            decayed[g] = Math.Max(decayed[g], need);
        }

        StoreIntegerBits(decayed);
    }

    // By the rounded i, as it is now, in place of the range in the pass's record: that one started from the whole part of i.
    private void StoreWidths(torch.Tensor bits, IWidthGate gate, FixedPointGroups groups, bool relu)
    {
        int[] magnitudes = [.. Rounded(IntegerBits).Select((i, g) => i + groups.FractionBits[g])];
        gate.Open(Array.ConvertAll(magnitudes, static width => width > 0));
        double[] widths = [.. magnitudes.Select((width, g) => (double)(Math.Max(width, 0) + (relu ? 0 : groups.KeepNegative[g])))];
        if (bits.DataType == torch.ScalarType.Float64)
        {
            using var values = bits.View<double>();
            widths.CopyTo(values.Span);
        }
        else
        {
            using var values = bits.View<float>();
            Array.ConvertAll(widths, width => (float)width).CopyTo(values.Span);
        }
    }

    // Inference and tracing: the few columns in which a value leaves its format are computed again, one value at a time.
    private torch.Tensor Wrapped(
        torch.Tensor x, torch.Tensor? bias, torch.Tensor value, bool relu, FixedPointGroups groups, double[] least, double[] most)
    {
        double[]? inputs = null, offsets = null, results = null;
        for (int g = 0; g < least.Length; g++)
        {
            int k = relu ? 0 : groups.KeepNegative[g], i = groups.IntegerBits[g], f = groups.FractionBits[g];
            bool inside = k + i + f > 0 && most[g] <= Math.ScaleB(1, i) - Math.ScaleB(1, -f) && least[g] >= (k == 0 ? 0 : -Math.ScaleB(1, i));
            if (inside || (least[g] == 0 && most[g] == 0))
            {
                continue;
            }

            inputs ??= TensorValues.Read(x);
            offsets ??= bias is null ? [] : TensorValues.Read(QuantizeBias(bias, training: false));
            results ??= TensorValues.Read(value);
            int columns = least.Length == 1 ? 1 : least.Length;
            for (int e = g; e < inputs.Length; e += columns)
            {
                double sum = inputs[e] + (offsets.Length == 0 ? 0 : offsets[e % offsets.Length]);
                results[e] = FixedPointElements.Infer(relu ? Math.Max(sum, 0) : sum, k, i, f, Config.Rounding, Config.Overflow);
            }
        }

        return results is null ? value : TensorValues.Create(results, value.Shape, value.DataType);
    }
}
