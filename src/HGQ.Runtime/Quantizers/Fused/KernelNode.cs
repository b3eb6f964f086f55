using System.Collections.Generic;
using System.Numerics;
using TorchSharp;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>(weights, fbw of the same shape) → (quantized weights, bits summed per row, sum of fbw).</summary>
internal sealed class KernelNode<T>(BitRange clip, bool down, bool training, double bitsGradientScale) : IFusedNode
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        var (kernel, fbw) = (inputs[0], inputs[1]);
        var quantized = torch.empty_like(kernel);
        var rowBits = torch.empty(kernel.numel() / kernel.shape[^1], dtype: kernel.dtype);
        var widths = KernelPass<T>.Forward(
            TensorMemory.Span<T>(kernel),
            TensorMemory.Span<T>(fbw),
            clip,
            down,
            TensorMemory.Span<T>(quantized),
            TensorMemory.Span<T>(rowBits));
        var sum = torch.empty([], dtype: kernel.dtype);
        TensorMemory.Span<T>(sum)[0] = T.CreateTruncating(widths);
        return [quantized, rowBits, sum];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => inputs;

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var arriving = upstream[0].contiguous();
        if (!training)
        {
            return [arriving, null];
        }

        var widths = torch.empty_like(saved[1], requires_grad: false);
        var costs = TensorMemory.Span<T>(upstream[1].contiguous()).ToArray();
        for (var row = 0; row < costs.Length; row++)
        {
            costs[row] *= T.CreateChecked(bitsGradientScale);
        }

        KernelPass<T>.Backward(
            TensorMemory.Span<T>(saved[0]),
            TensorMemory.Span<T>(saved[1]),
            down,
            TensorMemory.Span<T>(arriving),
            costs,
            TensorMemory.Span<T>(upstream[2])[0],
            TensorMemory.Span<T>(widths));
        return [arriving, widths];
    }
}
