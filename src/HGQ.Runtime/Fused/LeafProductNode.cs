using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Fused;

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
        (_wantsWeightGradient, _widthShape) = (inputs[1].RequiresGradient, inputs[2].Shape);
        return [inputs[0].MatMul(inputs[1])];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => [inputs[0], inputs[1], inputs[3]];

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var (quantized, weights, x) = (saved[0], saved[1], saved[2]);
        using var transposed = weights.Transpose().Contiguous();
        var arriving = upstream[0].Contiguous();
        var errors = new double[x.Shape[1]];
        torch.Tensor? products = null;
        for (long row = 0; row < x.Shape[0]; row += Rows)
        {
            var rows = Math.Min(Rows, x.Shape[0] - row);
            using var block = quantized.Narrow(0, row, rows);
            using var gradient = arriving.Narrow(0, row, rows);
            if (_wantsWeightGradient)
            {
                using var columns = block.Transpose();
                products = products?.AddMatMulInPlace(columns, gradient) ?? columns.MatMul(gradient);
            }

            using var values = x.Narrow(0, row, rows);
            using TensorView<T> exact = values.View<T>(), rounded = block.View<T>(), from = gradient.View<T>(), columnsOfWeights = transposed.View<T>();
            WidthGradientPass<T>.Run(exact.Span, rounded.Span, from.Span, columnsOfWeights.Span, errors);
        }

        return [TensorMemory.ExpandedZero(quantized), products, WidthGradient(errors, x.DataType), null];
    }

    private torch.Tensor WidthGradient(double[] errors, torch.ScalarType type)
    {
        var result = NewTensor.Empty(_widthShape, dtype: type);
        using var values = result.View<T>();
        for (var c = 0; c < values.Length; c++)
        {
            values[c] = T.CreateTruncating(Ln2 * (values.Length == 1 ? errors.Sum() : errors[c]));
        }

        return result;
    }
}
