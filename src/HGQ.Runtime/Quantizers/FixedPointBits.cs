using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>Exact formats of the elements of a tensor: sign bit kept, integer bits without the sign, fraction bits.</summary>
public sealed class FixedPointBits
{
    private readonly long[] _shape;

    /// <summary>Takes over the arrays, one entry per element, row-major.</summary>
    public FixedPointBits(IReadOnlyList<long> shape, int[] keepNegative, int[] integerBits, int[] fractionBits)
    {
        _shape = [.. shape];
        KeepNegative = keepNegative;
        IntegerBits = integerBits;
        FractionBits = fractionBits;
        var size = Size(shape);
        if (keepNegative.Length != size || integerBits.Length != size || fractionBits.Length != size)
        {
            throw new ArgumentException($"The shape has {size} elements, the formats have {keepNegative.Length}.", nameof(shape));
        }
    }

    /// <summary>Shape of the tensor.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>1 where the sign bit is kept.</summary>
    public int[] KeepNegative { get; }

    /// <summary>Integer bits, the sign not counted; may be negative.</summary>
    public int[] IntegerBits { get; }

    /// <summary>Fraction bits; may be negative.</summary>
    public int[] FractionBits { get; }

    /// <summary>Number of elements.</summary>
    public int Count => KeepNegative.Length;

    /// <summary>The format of one element (row-major).</summary>
    public FixedPointFormat this[int element] => new(KeepNegative[element] != 0, IntegerBits[element], FractionBits[element]);

    /// <summary>k + i + f of one element, at least 0.</summary>
    public int Width(int element) => Math.Max(KeepNegative[element] + IntegerBits[element] + FractionBits[element], 0);

    /// <summary>i + f of one element, at least 0: significant bits, as EBOPs counts weights.</summary>
    public int Magnitude(int element) => Math.Max(IntegerBits[element] + FractionBits[element], 0);

    /// <summary>Repeats dimensions of size 1 up to a shape of the same rank.</summary>
    public FixedPointBits Broadcast(IReadOnlyList<long> shape) => Gather(shape, BroadcastIndices(_shape, shape));

    /// <summary>New elements from old ones: element e of the result is element <c>indices[e]</c> of this.</summary>
    public FixedPointBits Gather(IReadOnlyList<long> shape, int[] indices) => new(
        shape,
        Array.ConvertAll(indices, e => KeepNegative[e]),
        Array.ConvertAll(indices, e => IntegerBits[e]),
        Array.ConvertAll(indices, e => FractionBits[e]));

    /// <summary>The same elements under another shape.</summary>
    public FixedPointBits Reshape(IReadOnlyList<long> shape) => new(shape, KeepNegative, IntegerBits, FractionBits);

    /// <summary>The widths as numbers.</summary>
    public double[] Widths() => [.. Enumerable.Range(0, Count).Select(e => (double)Width(e))];

    /// <summary>Formats that hold every element a new one is chosen from: the largest of each kind of bits.</summary>
    /// <param name="shape">Shape of the result.</param>
    /// <param name="largest">Takes the maxima of numbers in the shape of this tensor, with a batch dimension of 1 in front.</param>
    internal FixedPointBits Union(IReadOnlyList<long> shape, Func<torch.Tensor, torch.Tensor> largest)
    {
        using var scope = torch.NewDisposeScope();

        // An element that is always 0 (width 0) has no say.
        const double unused = -1000;
        int[] Largest(int[] values) => Array.ConvertAll(
            largest(NewTensor.Of([.. values.Select((v, e) => Width(e) > 0 ? v : unused)], [1, .. _shape])).Contiguous().Elements<double>(),
            static v => v == unused ? 0 : (int)v);
        return new FixedPointBits(shape, Largest(KeepNegative), Largest(IntegerBits), Largest(FractionBits));
    }

    internal static long Size(IReadOnlyList<long> shape) => shape.Aggregate(1L, (size, n) => size * n);

    internal static int[] BroadcastIndices(IReadOnlyList<long> from, IReadOnlyList<long> to)
    {
        if (from.Count > to.Count)
        {
            throw new ArgumentException($"[{string.Join(",", from)}] can't be broadcast to [{string.Join(",", to)}].", nameof(to));
        }

        var pad = to.Count - from.Count;
        var strides = new long[to.Count];
        for (long d = to.Count - 1, stride = 1; d >= pad; d--)
        {
            var size = from[(int)d - pad];
            if (size != 1 && size != to[(int)d])
            {
                throw new ArgumentException($"[{string.Join(",", from)}] can't be broadcast to [{string.Join(",", to)}].", nameof(to));
            }

            strides[d] = size == 1 ? 0 : stride;
            stride *= size;
        }

        var indices = new int[Size(to)];
        for (var e = 0; e < indices.Length; e++)
        {
            long rest = e, index = 0;
            for (var d = to.Count - 1; d >= 0; d--)
            {
                index += rest % to[d] * strides[d];
                rest /= to[d];
            }

            indices[e] = (int)index;
        }

        return indices;
    }
}
