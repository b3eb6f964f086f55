using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using TorchSharp;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>
/// (xq, weights, widths, x) → xq·weights, where xq are the quantized values of an x without a gradient: of the gradient of xq only the widths'
/// share is computed, and handed to the widths themselves.
/// </summary>
internal sealed class LeafProductNode<T> : IFusedNode
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Ln2 = Math.Log(2);
    private long[] _widthShape = [];
    private bool _wantsWeightGradient;

    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        (_wantsWeightGradient, _widthShape) = (inputs[1].requires_grad, inputs[2].shape);
        return [inputs[0].matmul(inputs[1])];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => [inputs[0], inputs[1], inputs[3]];

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var (quantized, weights, x) = (saved[0], saved[1], saved[2]);
        using var transposed = weights.t().contiguous();
        var arriving = upstream[0].contiguous();
        var errors = new double[x.shape[1]];
        WidthGradientPass<T>.Run(
            TensorMemory.Span<T>(x), TensorMemory.Span<T>(quantized), TensorMemory.Span<T>(arriving), TensorMemory.Span<T>(transposed), errors);
        return [TensorMemory.ExpandedZero(quantized), _wantsWeightGradient ? quantized.t().matmul(arriving) : null, WidthGradient(errors, x.dtype), null];
    }

    private torch.Tensor WidthGradient(double[] errors, torch.ScalarType type)
    {
        var result = torch.empty(_widthShape, dtype: type);
        var values = TensorMemory.Span<T>(result);
        for (var c = 0; c < values.Length; c++)
        {
            values[c] = T.CreateTruncating(Ln2 * (values.Length == 1 ? errors.Sum() : errors[c]));
        }

        return result;
    }
}
