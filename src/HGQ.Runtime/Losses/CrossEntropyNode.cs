using System;
using System.Buffers;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Losses;

/// <summary>Logits → mean of ln Σ exp(x) − x[label]; the gradient (softmax − label) / rows falls off on the way.</summary>
/// <param name="labels">One class for each row, inside the classes.</param>
internal sealed class CrossEntropyNode<T>(torch.Tensor labels) : IFusedNode
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private torch.Tensor? _gradient;

    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        var logits = inputs[0];
        var classes = (int)logits.Shape[1];
        _gradient = NewTensor.EmptyLike(logits);
        using TensorView<T> source = logits.View<T>(), target = _gradient.View<T>();
        using var labelled = labels.View<long>();
        var gradient = target.Span;
        var wanted = labelled.Span;
        var (sums, right) = (ArrayPool<T>.Shared.Rent(wanted.Length), 0.0);
        Shift(source.Span, gradient, classes);
        for (var row = 0; row < wanted.Length; row++)
        {
            right += double.CreateTruncating(gradient[(row * classes) + (int)wanted[row]]);
        }

        Exponentials(gradient);
        var total = Divide(gradient, sums.AsSpan(0, wanted.Length), classes);
        var share = T.One / T.CreateTruncating(wanted.Length);
        for (var row = 0; row < wanted.Length; row++)
        {
            gradient[(row * classes) + (int)wanted[row]] -= share;
        }

        ArrayPool<T>.Shared.Return(sums);
        return [NewTensor.Of((total - right) / wanted.Length, dtype: logits.DataType)];
    }

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => [_gradient!];

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var factor = upstream[0].Item<T>();
        if (factor == T.One)
        {
            return [saved[0].Alias()];
        }

        var scaled = NewTensor.EmptyLike(saved[0]);
        using TensorView<T> source = saved[0].View<T>(), target = scaled.View<T>();
        Scale(source.Span, target.Span, factor);
        return [scaled];
    }

    // x − the largest of its row.
    private static void Shift(ReadOnlySpan<T> x, Span<T> shifted, int classes)
    {
        for (var start = 0; start < x.Length; start += classes)
        {
            var row = x.Slice(start, classes);
            var largest = row[0];
            foreach (var value in row)
            {
                // Once it is no number it stays so.
                largest = value <= largest ? largest : value;
            }

            var target = shifted.Slice(start, classes);
            for (var c = 0; c < target.Length; c++)
            {
                target[c] = row[c] - largest;
            }
        }
    }

    private static void Exponentials(Span<T> values)
    {
        ref var first = ref Lanes<T>.First(values);
        var e = 0;
        for (; e + Lanes<T>.Count <= values.Length; e += Lanes<T>.Count)
        {
            Lanes<T>.Exp(Lanes<T>.Load(ref first, e)).StoreUnsafe(ref first, (nuint)e);
        }

        for (; e < values.Length; e++)
        {
            values[e] = T.Exp(values[e]);
        }
    }

    // Each row by rows · its sum; returns the sum of the logarithms of the sums.
    private static double Divide(Span<T> values, Span<T> sums, int classes)
    {
        var rows = T.CreateTruncating(sums.Length);
        for (var row = 0; row < sums.Length; row++)
        {
            var part = values.Slice(row * classes, classes);
            var sum = T.Zero;
            foreach (var value in part)
            {
                sum += value;
            }

            sums[row] = sum;
            var factor = T.One / (sum * rows);
            for (var c = 0; c < part.Length; c++)
            {
                part[c] *= factor;
            }
        }

        ref var first = ref Lanes<T>.First(sums);
        var (total, e) = (0.0, 0);
        for (; e + Lanes<T>.Count <= sums.Length; e += Lanes<T>.Count)
        {
            total += double.CreateTruncating(Vector512.Sum(Lanes<T>.Log(Lanes<T>.Load(ref first, e))));
        }

        for (; e < sums.Length; e++)
        {
            total += double.CreateTruncating(T.Log(sums[e]));
        }

        return total;
    }

    private static void Scale(ReadOnlySpan<T> values, Span<T> scaled, T factor)
    {
        for (var e = 0; e < values.Length; e++)
        {
            scaled[e] = values[e] * factor;
        }
    }
}
