using System;
using System.Collections.Generic;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Fused;

/// <summary>How a <see cref="SaturatingKernelNode"/> quantizes.</summary>
/// <param name="IsKbi">Whether the second trained number is b = i + f; else f.</param>
/// <param name="IsSymmetric">Whether the least value is minus the largest.</param>
/// <param name="Down">Rounds down in place of half up.</param>
/// <param name="BitsGradientScale">Factor of the cost's gradient.</param>
internal sealed record SaturatingKernelSettings(bool IsKbi, bool IsSymmetric, bool Down, double BitsGradientScale);

/// <summary>
/// (float32 weights, i, b or f, each of the weights' shape) → (quantized weights, bits summed per row): a training step of saturating formats, as
/// quantizer.md §5 has it, in one pass over the memory. Signed formats only.
/// </summary>
internal sealed class SaturatingKernelNode(SaturatingKernelSettings settings) : IFusedNode
{
    private static readonly double Ln2 = Math.Log(2);

    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        torch.Tensor kernel = inputs[0], quantized = NewTensor.EmptyLike(kernel);
        torch.Tensor rowBits = NewTensor.Empty(kernel.Count / kernel.Shape[^1], dtype: kernel.DataType);
        using TensorView<float> weights = kernel.View<float>(), integers = inputs[1].View<float>(), seconds = inputs[2].View<float>();
        using TensorView<float> results = quantized.View<float>(), sums = rowBits.View<float>();
        ReadOnlySpan<float> x = weights.Span, i = integers.Span, second = seconds.Span;
        Span<float> q = results.Span, rows = sums.Span;
        int columns = x.Length / rows.Length;
        for (int row = 0, e = 0; row < rows.Length; row++)
        {
            int bits = 0;
            for (int end = e + columns; e < end; e++)
            {
                var (integer, fraction) = Format(i[e], second[e]);
                bits += Math.Max(integer + fraction, 0);
                q[e] = (float)Element(x[e], integer, fraction, out _, out _, out _);
            }

            rows[row] = bits;
        }

        return [quantized, rowBits];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => inputs;

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        torch.Tensor arriving = upstream[0].Contiguous(), costs = upstream[1].Contiguous();
        torch.Tensor kernel = Like(saved[0]), integers = Like(saved[1]), seconds = Like(saved[2]);
        using TensorView<float> weights = saved[0].View<float>(), wholes = saved[1].View<float>(), others = saved[2].View<float>();
        using TensorView<float> gradients = arriving.View<float>(), rowCosts = costs.View<float>();
        using TensorView<float> kernelView = kernel.View<float>(), integersView = integers.View<float>(), secondsView = seconds.View<float>();
        ReadOnlySpan<float> x = weights.Span, i = wholes.Span, second = others.Span, up = gradients.Span, cost = rowCosts.Span;
        Span<float> toX = kernelView.Span, toI = integersView.Span, toSecond = secondsView.Span;
        int columns = x.Length / cost.Length;
        for (int row = 0, e = 0; row < cost.Length; row++)
        {
            double rowCost = cost[row] * settings.BitsGradientScale;
            for (int end = e + columns; e < end; e++)
            {
                var (integer, fraction) = Format(i[e], second[e]);
                Element(x[e], integer, fraction, out double slopeX, out double slopeF, out double slopeI);
                double bits = settings.IsKbi || integer + fraction > 0 ? rowCost : 0;
                toX[e] = (float)(up[e] * slopeX);
                toSecond[e] = (float)((up[e] * slopeF) + bits);
                toI[e] = (float)(settings.IsKbi ? up[e] * (slopeI - slopeF) : (up[e] * slopeI) + bits);
            }
        }

        return [kernel, integers, seconds];
    }

    private static torch.Tensor Like(torch.Tensor tensor) => NewTensor.Empty(tensor.Shape, dtype: tensor.DataType);

    private (int Integer, int Fraction) Format(float i, float second)
    {
        int integer = (int)MathF.Round(i, MidpointRounding.ToEven), rounded = (int)MathF.Round(second, MidpointRounding.ToEven);
        return (integer, settings.IsKbi ? rounded - integer : rounded);
    }

    // Exact in float64 for every float32.
    private double Element(float x, int i, int f, out double slopeX, out double slopeF, out double slopeI)
    {
        double step = PowerOfTwo(-f), top = PowerOfTwo(Math.Max(i, -f)), high = top - step, low = settings.IsSymmetric ? -high : -top;
        if (x > high || x < low)
        {
            bool above = x > high;
            slopeX = 0;
            slopeI = above ? Ln2 * top : -Ln2 * top;
            slopeF = above ? Ln2 * step : settings.IsSymmetric ? -Ln2 * step : 0;
            return above ? high : low;
        }

        double q = Math.Floor((x * PowerOfTwo(f)) + (settings.Down ? 0 : 0.5)) * step;
        slopeX = 1;
        slopeF = Ln2 * (x - q);
        slopeI = 0;
        return q;
    }

    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(Math.Clamp(n, -1000, 1000) + 1023) << 52);
}
