using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Cost;

/// <summary>
/// The cost of layers as HGQ2 0.2 counts it: dense, convolution, batch norm: products + mean bits(bias)·outputs; add, sum: 0.65·(Σ bits − Σ min); maximum, minimum:
/// Σ bits − Σ min; subtract: Σ max; products of activations: Σ bits·bits; pooling: Σ bits(x); table: 1e-4·Σ 2^bits(in)·bits(out). A softmax counts its sum in full and bits(input) for
/// maximum and subtraction.
/// </summary>
internal static class Hgq2Count
{
    private const double AdderFactor = 0.65;
    private const double TableFactor = 1e-4;

    /// <summary>The parts of a layer's cost. Valid after a forward pass.</summary>
    public static IEnumerable<CostTerm> Terms(HLayer layer) => layer switch
    {
        KernelLayer kernel => [.. layer.CostTerms(), .. Bias(layer, kernel.LastBias?.Bits())],
        HBatchNormalization norm => [.. layer.CostTerms(), .. Bias(layer, norm.LastBias?.Bits())],
        HAdd => [Choice(layer, AdderFactor)],
        HMaximum or HMinimum => [Choice(layer, 1)],
        HSubtract => [Sum(layer.Owner is HSoftmax ? layer.OutputBits() : Inputs(layer).Aggregate((a, b) => a.Maximum(b)), Repeats(layer))],
        HSum sum => [OverAxes(layer, sum.Axes, layer.Owner is HSoftmax ? 1 : AdderFactor)],
        PReduceMax reduce => layer.Owner is HSoftmax ? [] : [OverAxes(layer, reduce.Axes, 1)],
        HActivation activation when IsTable(activation) => [Table(layer)],
        PoolLayer => [Sum(layer.InputBits(0))],
        _ => layer.CostTerms(),
    };

    private static bool IsTable(HActivation layer) =>
        layer.Function != UnaryFunction.Relu && layer.Function != UnaryFunction.LeakyRelu && layer.Function != UnaryFunction.HardTanh;

    // The mean width of the bias, for every output.
    private static IEnumerable<CostTerm> Bias(HLayer layer, torch.Tensor? bits) =>
        bits is null ? [] : [Sum(bits, (double)Elements(layer.OutputShape) / bits.Count)];

    private static CostTerm Choice(HLayer layer, double factor)
    {
        torch.Tensor[] bits = [.. Inputs(layer)];
        return Sum(bits.Aggregate((a, b) => a.Add(b)).Subtract(bits.Aggregate((a, b) => a.Minimum(b))), factor);
    }

    private static CostTerm OverAxes(HLayer layer, IReadOnlyList<long> axes, double factor)
    {
        var bits = layer.InputBits(0);
        return Sum(bits.Sum([.. axes]).Subtract(bits.Amin([.. axes])), factor);
    }

    private static CostTerm Table(HLayer layer)
    {
        long[] shape = [1, .. layer.OutputShape];
        var entries = layer.InputBits(0).Exp2().Contiguous();
        return new CostTerm(entries, layer.OutputBits().BroadcastTo(shape).Contiguous(), TableFactor);
    }

    private static IEnumerable<torch.Tensor> Inputs(HLayer layer)
    {
        long[] shape = [1, .. layer.OutputShape];
        return Enumerable.Range(0, layer.Inputs.Count).Select(i => layer.InputBits(i).BroadcastTo(shape));
    }

    // Widths that are shared stand for several elements.
    private static double Repeats(HLayer layer) =>
        layer.Owner is HSoftmax ? (double)Elements(layer.OutputShape) / layer.OutputBits().Count : 1;

    private static long Elements(IReadOnlyList<long> shape) => shape.Aggregate(1L, static (size, n) => size * n);

    private static CostTerm Sum(torch.Tensor bits, double factor = 1)
    {
        var plain = bits.Contiguous();
        return new CostTerm(plain, NewTensor.OnesLike(plain), factor);
    }
}
