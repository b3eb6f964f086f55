using System.Collections.Generic;
using System.Numerics;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Fused;

/// <summary>(weights, fbw of the same shape) → (quantized weights, bits summed per row, sum of fbw).</summary>
internal sealed class KernelNode<T>((double Min, double Max) clip, bool down, bool training, double bitsGradientScale) : IFusedNode
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        var (kernel, fbw) = (inputs[0], inputs[1]);
        var quantized = NewTensor.EmptyLike(kernel);
        var rowBits = NewTensor.Empty(kernel.Count / kernel.Shape[^1], dtype: kernel.DataType);
        using TensorView<T> weights = kernel.View<T>(), fractions = fbw.View<T>(), values = quantized.View<T>(), rows = rowBits.View<T>();
        var widths = KernelPass<T>.Forward(weights.Span, fractions.Span, clip, down, values.Span, rows.Span);
        var sum = NewTensor.Empty([], dtype: kernel.DataType);
        using var total = sum.View<T>();
        total[0] = T.CreateTruncating(widths);
        return [quantized, rowBits, sum];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => inputs;

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var arriving = upstream[0].Contiguous();
        if (!training)
        {
            return [arriving, null];
        }

        var widths = NewTensor.EmptyLike(saved[1]);
        var costs = upstream[1].Contiguous().Elements<T>();
        for (var row = 0; row < costs.Length; row++)
        {
            costs[row] *= T.CreateChecked(bitsGradientScale);
        }

        using TensorView<T> weights = saved[0].View<T>(), fractions = saved[1].View<T>(), gradients = arriving.View<T>(), target = widths.View<T>();
        KernelPass<T>.Backward(weights.Span, fractions.Span, down, gradients.Span, costs, upstream[2].Item<T>(), target.Span);
        return [arriving, widths];
    }
}
