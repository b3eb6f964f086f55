using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>(left, right, left, right, …, widths or their sum, …) → Σ β·factor·Σ left·right + Σ l·Σ widths; also sets each layer's EBOPs.</summary>
internal sealed class CostNode<T>(List<(HLayer Layer, CostTerm Term)> terms, double[] penalties) : IFusedNode
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 16;
    private readonly double[] _factors = [.. terms.Select(t => t.Layer.Beta * t.Term.Factor)];
    private readonly List<long[]> _shapes = [];

    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        var total = 0.0;
        for (var t = 0; t < terms.Count; t++)
        {
            using TensorView<T> left = inputs[2 * t].View<T>(), right = inputs[(2 * t) + 1].View<T>();
            var value = Dot(left.Span, right.Span);
            terms[t].Layer.Ebops += value * terms[t].Term.Factor;
            total += value * _factors[t];
        }

        for (var p = 0; p < penalties.Length; p++)
        {
            var widths = inputs[(2 * terms.Count) + p];
            _shapes.Add(widths.Shape);
            using var values = widths.View<T>();
            total += penalties[p] * Sum(values.Span);
        }

        return [NewTensor.Of(total, dtype: inputs[0].DataType)];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => inputs.Take(2 * terms.Count);

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var g = upstream[0].Number();
        var gradients = new torch.Tensor?[saved.Count + penalties.Length];
        for (var t = 0; t < terms.Count; t++)
        {
            gradients[2 * t] = Scaled(saved[(2 * t) + 1], saved[2 * t], g * _factors[t]);
            gradients[(2 * t) + 1] = Scaled(saved[2 * t], saved[(2 * t) + 1], g * _factors[t]);
        }

        for (var p = 0; p < penalties.Length; p++)
        {
            gradients[saved.Count + p] = NewTensor.Full(_shapes[p], g * penalties[p], dtype: saved[0].DataType);
        }

        return gradients;
    }

    // The other factor's values, under the shape of this one.
    private static torch.Tensor Scaled(torch.Tensor other, torch.Tensor like, double factor)
    {
        var result = NewTensor.Empty(like.Shape, dtype: like.DataType);
        using TensorView<T> source = other.View<T>(), target = result.View<T>();
        ReadOnlySpan<T> from = source.Span;
        var to = target.Span;
        var scale = T.CreateTruncating(factor);
        for (var e = 0; e < to.Length; e++)
        {
            to[e] = from[e] * scale;
        }

        return result;
    }

    private static double Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        var sum = 0.0;
        for (var e = 0; e < a.Length; e++)
        {
            sum += double.CreateTruncating(a[e] * b[e]);
        }

        return sum;
    }

    private static double Sum(ReadOnlySpan<T> values)
    {
        var (sum, e) = (0.0, 0);
        // Short vector sums, passed on to double precision.
        while (e + (Block * Vector<T>.Count) <= values.Length)
        {
            var block = Vector<T>.Zero;
            for (var i = 0; i < Block; i++, e += Vector<T>.Count)
            {
                block += new Vector<T>(values[e..]);
            }

            sum += double.CreateTruncating(Vector.Sum(block));
        }

        for (; e < values.Length; e++)
        {
            sum += double.CreateTruncating(values[e]);
        }

        return sum;
    }
}
