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
    // So many rows stay in the second-level cache between the two uses of them.
    private const long Rows = 256;
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
        torch.Tensor? products = null;
        for (long row = 0; row < x.shape[0]; row += Rows)
        {
            var rows = Math.Min(Rows, x.shape[0] - row);
            using var block = quantized.narrow(0, row, rows);
            using var gradient = arriving.narrow(0, row, rows);
            if (_wantsWeightGradient)
            {
                using var columns = block.t();
                products = products?.addmm_(columns, gradient, 1, 1) ?? columns.matmul(gradient);
            }

            using var values = x.narrow(0, row, rows);
            WidthGradientPass<T>.Run(
                TensorMemory.Span<T>(values), TensorMemory.Span<T>(block), TensorMemory.Span<T>(gradient), TensorMemory.Span<T>(transposed), errors);
        }

        return [TensorMemory.ExpandedZero(quantized), products, WidthGradient(errors, x.dtype), null];
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
