using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <content>Layers that read several tensors, and pools.</content>
internal sealed partial class GraphDraft
{
    /// <summary>The sum; <paramref name="negate"/> tells which operands are subtracted.</summary>
    public TensorValue Sum(IReadOnlyList<TensorValue> values, string name, bool[] negate)
    {
        if (Unlike(values, name, negate) is { } pending)
        {
            return pending;
        }

        (TensorValue[] operands, Rational scale) = WithCommonScale(values, name);
        (TensorShape shape, ChannelRange[] ranges) = Broadcast(operands, name);
        ChannelRange range = ranges.Zip(negate).Select(static pair => pair.Second ? Negated(pair.First) : pair.First).Aggregate(Plus);
        return Added(unique => new AddLayer(unique, Names(operands), negate, null), name, shape, range,
            operands[0].ChannelsFirst).Then(AffineStep.ByScale(scale));
    }

    /// <summary>The largest or smallest of each element.</summary>
    public TensorValue Extremum(IReadOnlyList<TensorValue> values, string name, ReductionKind kind)
    {
        (TensorValue[] operands, Rational scale) = WithCommonScale(values, name);
        (TensorShape shape, ChannelRange[] ranges) = Broadcast(operands, name);
        return Added(
            unique => new ExtremumLayer(unique, Names(operands), kind, null), name, shape,
                ranges.Aggregate(static (a, b) => a.Union(b)), operands[0].ChannelsFirst)
            .Then(AffineStep.ByScale(scale));
    }

    /// <summary>The product of each element of two tensors.</summary>
    public TensorValue Product(TensorValue left, TensorValue right, string name)
    {
        (TensorValue a, Rational scaleA) = Scaled(left, name);
        (TensorValue b, Rational scaleB) = Scaled(right, name);
        TensorValue[] operands = Alike([a, b], name);
        (TensorShape shape, ChannelRange[] ranges) = Broadcast(operands, name);
        int bits = ranges[0].FractionBits + ranges[1].FractionBits;
        RawInterval[] products = [.. Enumerable.Range(0, shape.Channels).Select(c => Interval(ranges[0], c) * Interval(ranges[1], c))];
        var range = new ChannelRange(bits, [.. products.Select(static p => p.Low)], [.. products.Select(static p => p.High)]);
        return Added(unique => new MultiplyLayer(unique, operands[0].Layer, operands[1].Layer, null), name, shape, range,
            operands[0].ChannelsFirst)
            .Then(AffineStep.ByScale(scaleA * scaleB));
    }

    /// <summary>The matrix product over the last two axes.</summary>
    public TensorValue MatrixProduct(TensorValue left, TensorValue right, string name)
    {
        (TensorValue a, Rational scaleA) = Scaled(InSourceOrder(left, name), name);
        (TensorValue b, Rational scaleB) = Scaled(InSourceOrder(right, name), name);
        int rank = a.Shape.Rank;
        if (rank < 2 || b.Shape.Rank != rank || a.Shape[rank - 1] != b.Shape[rank - 2])
        {
            throw new ImportException(name, $"it multiplies matrices of shapes {a.Shape} and {b.Shape}");
        }

        var shape = TensorShape.Of([.. a.Shape.Dimensions.Take(rank - 1), b.Channels]);
        RawInterval one = Interval(a.Range!.Joined(1), 0) * Interval(b.Range!.Joined(1), 0);
        RawInterval sum = one.Scale(a.Shape[rank - 1]);
        ChannelRange range = ChannelRange.Uniform(b.Channels, a.Range!.FractionBits + b.Range!.FractionBits, sum.Low, sum.High);
        return Added(unique => new MatMulLayer(unique, a.Layer, b.Layer, false, null), name, shape, range,
            channelsFirst: false).Then(AffineStep.ByScale(scaleA * scaleB));
    }

    /// <summary>Tensors joined along an axis of the layer's own order.</summary>
    public TensorValue Concatenate(IReadOnlyList<TensorValue> values, string name, int axis)
    {
        (TensorValue[] operands, Rational scale) = WithCommonScale(values, name);
        TensorShape first = operands[0].Shape;
        if (axis < 0 || axis >= first.Rank || operands.Any(o => o.Shape.Rank != first.Rank))
        {
            throw new ImportException(name,
                FormattableString.Invariant($"it joins tensors of unlike ranks, or along axis {axis} of {first}"));
        }

        int bits = operands.Max(static o => o.Range!.FractionBits);
        ChannelRange[] ranges = [.. operands.Select(o => o.Range!.WithFractionBits(bits))];
        ChannelRange range = axis == first.Rank - 1
            ? new ChannelRange(bits, [.. ranges.SelectMany(static r => r.Low)], [.. ranges.SelectMany(static r => r.High)])
            : ranges.Aggregate(static (a, b) => a.Union(b));
        TensorShape shape = WithSize(first, axis, operands.Sum(o => o.Shape[axis]));
        return Added(unique => new ConcatenateLayer(unique, Names(operands), axis), name, shape, range,
            operands[0].ChannelsFirst).Then(AffineStep.ByScale(scale));
    }

    /// <summary>The largest element of each window; what lies beyond the edge takes no part.</summary>
    public TensorValue MaxPool(TensorValue value, string name, int[] window, int[] strides, PaddingKind padding)
    {
        RequireIntegers(value, name);
        bool rises = Floats is null
            && value.Steps.All(static step => step is not AffineStep affine || affine.Scale.All(static s => s.Sign > 0));
        value = rises ? value : Materialized(value, name);
        if (value.Shape.Rank != window.Length + 1 || strides.Length != window.Length || window.Concat(strides).Any(static w => w < 1))
        {
            throw new ImportException(name, $"its window of {window.Length} axes does not fit {value.Shape}");
        }

        int[] sizes = [.. window.Select((w, a) => WindowGeometry.OutputSize(value.Shape[a], w, strides[a], 1, padding))];
        if (sizes.Any(static size => size < 1))
        {
            throw new ImportException(name, $"no window of {string.Join("x", window)} fits into {value.Shape}");
        }

        TensorValue pooled = Added(
            unique => new PoolLayer(unique, value.Layer, PoolKind.Max, window, strides, padding, null), name,
                TensorShape.Of([.. sizes, value.Channels]), value.Range!, value.ChannelsFirst);
        return pooled with { Steps = value.Steps };
    }

    /// <summary>The mean of the elements of each whole window, by the sum and a factor.</summary>
    public TensorValue AveragePool(TensorValue value, string name, int[] window, int[] strides, int[] before, int[] after,
        Rational? factor = null)
    {
        TensorValue sum = WindowSum(value, name, window, strides, before, after);
        return sum.Then(AffineStep.ByScale(factor ?? new Rational(1, window.Aggregate(1, static (a, b) => a * b))));
    }

    /// <summary>A sum, maximum or minimum over axes of the layer's own order.</summary>
    public TensorValue Reduce(TensorValue value, string name, ReductionKind kind, int[] axes, bool keepDimensions)
    {
        (TensorValue source, Rational scale) = Scaled(value, name);
        int rank = source.Shape.Rank;
        if (axes.Length == 0 || axes.Any(axis => axis < 0 || axis >= rank) || axes.Distinct().Count() != axes.Length)
        {
            throw new ImportException(name, $"it reduces axes {string.Join(", ", axes)} of {source.Shape}");
        }

        int terms = axes.Aggregate(1, (product, axis) => product * source.Shape[axis]);
        int[] sizes = [.. Enumerable.Range(0, rank).Where(axis => keepDimensions || !axes.Contains(axis)).Select(
            axis => axes.Contains(axis) ? 1 : source.Shape[axis])];
        var shape = new TensorShape(sizes.Length == 0 ? [1] : sizes);
        ChannelRange range = axes.Contains(rank - 1) ? source.Range!.Joined(shape.Channels) : source.Range!;
        BigInteger factor = kind == ReductionKind.Sum ? terms : 1;
        range = new ChannelRange(range.FractionBits, [.. range.Low.Select(x => x * factor)], [.. range.High.Select(x => x * factor)]);
        bool flat = sizes.Length == 0;
        TensorValue reduced = Added(
            unique => new ReduceLayer(unique, source.Layer, kind, axes, keepDimensions || flat, null), name,
            flat ? TensorShape.Of([.. Enumerable.Repeat(1, rank)]) : shape, range, source.ChannelsFirst && keepDimensions);
        reduced = flat ? Reshape(reduced, name + "_shape", [1]) : reduced;
        return reduced.Then(AffineStep.ByScale(scale));
    }

    /// <summary>Any function of one element by look-up over all values of a format.</summary>
    public TensorValue Lookup(TensorValue value, string name, LookupTable[] tables, int[] tableOf)
    {
        TensorValue source = Materialized(InSourceOrder(value, name), name);
        int bits = tables.Max(static t => t.Output.FractionBits);
        BigInteger low = tables.Min(t => t.Output.MinRaw << (bits - t.Output.FractionBits)),
            high = tables.Max(t => t.Output.MaxRaw << (bits - t.Output.FractionBits));
        return Added(
            unique => new TableLayer(unique, source.Layer, tables, tableOf, null), name, source.Shape,
                ChannelRange.Uniform(source.Channels, bits, low, high), channelsFirst: false);
    }

    // Two summands whose scales have no dyadic ratio wait for the quantizer behind the sum.
    private TensorValue? Unlike(IReadOnlyList<TensorValue> values, string name, bool[] negate)
    {
        if (values.Count != 2 || negate[0])
        {
            return null;
        }

        (TensorValue left, Rational leftScale) = Pulled(values[0], name);
        (TensorValue right, Rational rightScale) = Pulled(values[1], name);
        Rational ratio = leftScale / rightScale;
        if (ratio.IsDyadic && ratio.SignificantBits <= ShortBits)
        {
            return null;
        }

        TensorValue[] both = Alike([Materialized(left, name), Materialized(right, name)], name);
        _ = Broadcast(both, name);
        return both[0].Shape == both[1].Shape
            ? both[0] with { Pending = new PendingSum(both[1], leftScale, negate[1] ? -rightScale : rightScale) } : null;
    }

    // Integers with one factor for all: the ratios of the factors must be integers over powers of two.
    private (TensorValue[] Operands, Rational Scale) WithCommonScale(IReadOnlyList<TensorValue> values, string name)
    {
        var parts = values.Select(value => Pulled(value, name)).ToArray();
        Rational scale = parts.Select(static p => p.Scale).FirstOrDefault(static s => !s.IsDyadic
            || s.SignificantBits > ShortBits, Rational.One);
        var operands = new TensorValue[parts.Length];
        for (var n = 0; n < parts.Length; n++)
        {
            Rational ratio = parts[n].Scale / scale;
            if (!ratio.IsDyadic || ratio.SignificantBits > LongBits)
            {
                throw new ImportException(name,
                    $"it joins tensors with the scales {scale} and {parts[n].Scale}, whose ratio is no integer over a power of two; "
                        + $"quantize them with one scale");
            }

            operands[n] = Materialized(parts[n].Value.Then(AffineStep.ByScale(ratio)), name);
        }

        return (Alike(operands, name), scale);
    }

    private (TensorValue Value, Rational Scale) Pulled(TensorValue value, string name)
    {
        RequireIntegers(value, name);
        if (Floats is not null)
        {
            return (Real(value, name), Rational.One);
        }

        if (StepList.AreDyadic(value.Steps, ShortBits))
        {
            return (value, Rational.One);
        }

        (IReadOnlyList<Step> steps, Rational scale) = StepList.PullScale(value.Steps);
        return (value with { Steps = steps }, scale);
    }

    // All with channels last, or all as the source has them.
    private TensorValue[] Alike(IReadOnlyList<TensorValue> values, string name)
        => values.All(v => v.ChannelsFirst == values[0].ChannelsFirst && v.Shape.Rank == values[0].Shape.Rank)
            ? [.. values]
            : [.. values.Select(value => InSourceOrder(value, name))];

    private static (TensorShape Shape, ChannelRange[] Ranges) Broadcast(TensorValue[] operands, string name)
    {
        int rank = operands.Max(static o => o.Shape.Rank);
        if (operands.Any(o => o.Shape.Rank != rank))
        {
            throw new ImportException(name,
                $"it joins tensors of shapes {string.Join(" and ", operands.Select(static o => o.Shape))}; they need equal ranks");
        }

        int[] sizes = [.. Enumerable.Range(0, rank).Select(axis => operands.Max(o => o.Shape[axis]))];
        if (operands.Any(o => Enumerable.Range(0, rank).Any(axis => o.Shape[axis] != 1 && o.Shape[axis] != sizes[axis])))
        {
            throw new ImportException(name,
                $"it joins tensors of shapes {string.Join(" and ", operands.Select(static o => o.Shape))}, which do not broadcast");
        }

        var shape = new TensorShape(sizes);
        return (shape, [.. operands.Select(o => o.Channels == shape.Channels ? o.Range! : o.Range!.Joined(shape.Channels))]);
    }

    private static RawInterval Interval(ChannelRange range, int channel) => new(range.Low[channel], range.High[channel]);

    private static ChannelRange Negated(ChannelRange range)
        => new(range.FractionBits, [.. range.High.Select(static x => -x)], [.. range.Low.Select(static x => -x)]);

    private static ChannelRange Plus(ChannelRange left, ChannelRange right)
    {
        int bits = Math.Max(left.FractionBits, right.FractionBits);
        (left, right) = (left.WithFractionBits(bits), right.WithFractionBits(bits));
        return new ChannelRange(bits, [.. left.Low.Zip(right.Low, BigInteger.Add)], [.. left.High.Zip(right.High, BigInteger.Add)]);
    }

    private static EquatableArray<string> Names(TensorValue[] operands) => operands.Select(static o => o.Layer).ToArray();
}
