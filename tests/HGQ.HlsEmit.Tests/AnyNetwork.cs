using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.HlsEmit.Tests;

/// <summary>Random graphs of all kinds of layers: several chains, each with its own input and output, in one model.</summary>
internal sealed class AnyNetwork(int seed)
{
    private readonly AnyModel _any = new(seed) { MaxWidth = 6 };
    private readonly List<LayerNode> _layers = [];
    private int _names;

    /// <summary>A model with some chains of some layers.</summary>
    public static ModelGraph Create(int seed, int chains, int length)
    {
        var network = new AnyNetwork(seed);
        var outputs = Enumerable.Range(0, chains).Select(_ => network.Chain(length)).ToArray();
        return AnyModel.Graph("any", network._layers, outputs);
    }

    private string Chain(int length)
    {
        var shape = _any.Next(3) switch
        {
            0 => TensorShape.Of(2 + _any.Next(6)),
            1 => TensorShape.Of(4 + _any.Next(4), 1 + _any.Next(3)),
            _ => TensorShape.Of(4 + _any.Next(3), 4 + _any.Next(3), 1 + _any.Next(2)),
        };
        var at = new Tensor(Add(new InputLayer(Name("x"), shape)), shape);
        at = Quantized(at);
        for (var n = 0; n < length; n++)
        {
            at = Step(at);
        }

        return at.Layer;
    }

    private Tensor Step(Tensor at) => _any.Next(14) switch
    {
        0 or 1 => Dense(at),
        2 or 3 when at.Shape.Rank > 1 => Conv(at),
        4 when at.Shape.Rank > 1 => Pool(at),
        5 => Table(at),
        6 => new Tensor(Add(new AddLayer(Name("add"), new[] { at.Layer, Quantized(at).Layer }, new[] { false, _any.Next(2) == 0 }, _any.Quantizer(at.Shape, at.Shape.Channels))), at.Shape),
        7 => new Tensor(Add(new MultiplyLayer(Name("multiply"), at.Layer, Quantized(at).Layer, _any.Quantizer(at.Shape, at.Shape.Channels))), at.Shape),
        8 when at.Shape.Rank > 1 => MatMul(at),
        9 => Reshaped(at),
        10 => new Tensor(Add(new ExtremumLayer(Name("extremum"), new[] { at.Layer, Quantized(at).Layer }, _any.Next(2) == 0 ? ReductionKind.Max : ReductionKind.Min, _any.Quantizer(at.Shape))), at.Shape),
        11 => new Tensor(Add(new ClampLayer(Name("clamp"), at.Layer, -3 - _any.Next(5), 1 + _any.Next(9), 1 + _any.Next(3), null)), at.Shape),
        12 => new Tensor(Add(new ReluLayer(Name("relu"), at.Layer, _any.Next(3), 3, _any.Quantizer(at.Shape, at.Shape.Channels))), at.Shape),
        13 when at.Shape.Rank > 1 => Reduce(at),
        _ => Quantized(at),
    };

    private Tensor Dense(Tensor at)
    {
        var outputs = 1 + _any.Next(5);
        var shape = new TensorShape(at.Shape.Dimensions.Take(at.Shape.Rank - 1).Append(outputs).ToArray());
        var layer = _any.DenseOf(Name("dense"), at.Layer, at.Shape.Channels, outputs, _any.Next(2) == 0);
        return new Tensor(Add(layer with { Quantizer = _any.Quantizer(shape, outputs) }), shape);
    }

    private Tensor Conv(Tensor at)
    {
        var axes = at.Shape.Rank - 1;
        var groups = _any.Next(3) == 0 ? at.Shape.Channels : 1;
        var outputs = groups * (1 + _any.Next(3));
        var window = Enumerable.Range(0, axes).Select(_ => 1 + _any.Next(3)).ToArray();
        var strides = Enumerable.Range(0, axes).Select(_ => 1 + _any.Next(2)).ToArray();
        var padding = axes == 1 ? (PaddingKind)_any.Next(3) : (PaddingKind)_any.Next(2);
        var layer = new ConvLayer(
            Name("conv"),
            at.Layer,
            _any.Tensor(new TensorShape(window.Append(at.Shape.Channels / groups).Append(outputs).ToArray())),
            _any.Tensor(TensorShape.Of(outputs)),
            strides,
            Enumerable.Repeat(1, axes).ToArray(),
            padding,
            groups,
            _any.Next(2) == 0 ? ActivationKind.Relu : ActivationKind.Linear,
            null,
            1);
        var sizes = Enumerable.Range(0, axes).Select(a =>
            padding == PaddingKind.Valid ? ((at.Shape[a] - window[a]) / strides[a]) + 1 : (at.Shape[a] + strides[a] - 1) / strides[a]).ToArray();
        if (sizes.Any(size => size < 1))
        {
            return Quantized(at);
        }

        var shape = new TensorShape(sizes.Append(outputs).ToArray());
        return new Tensor(Add(layer with { Quantizer = _any.Quantizer(shape, outputs) }), shape);
    }

    private Tensor Pool(Tensor at)
    {
        var axes = at.Shape.Rank - 1;
        if (at.Shape.Dimensions.Take(axes).Any(size => size < 2))
        {
            return Quantized(at);
        }

        var two = Enumerable.Repeat(2, axes).ToArray();
        var shape = new TensorShape(Enumerable.Range(0, axes).Select(a => at.Shape[a] / 2).Append(at.Shape.Channels).ToArray());
        return new Tensor(Add(new PoolLayer(Name("pool"), at.Layer, (PoolKind)_any.Next(2), two, two, PaddingKind.Valid, null)), shape);
    }

    private Tensor Table(Tensor at)
    {
        var input = new FixedPointFormat(_any.Next(2) == 0, 2 + _any.Next(2), 1);
        var output = new FixedPointFormat(true, 2, 3);
        var quantized = Add(new QuantizeLayer(Name("index"), at.Layer, _any.Quantizer(at.Shape, input)));
        var entries = Enumerable.Range(0, 1 << input.Width).Select(_ => (long)_any.Next(64) - 32).ToArray();
        return new Tensor(Add(new TableLayer(Name("table"), quantized, new[] { new LookupTable(input, output, entries) }, new[] { 0 }, null)), at.Shape);
    }

    private Tensor MatMul(Tensor at)
    {
        // x · xᵀ over the last two axes, as attention does.
        var right = Quantized(at);
        var rows = at.Shape[at.Shape.Rank - 2];
        var shape = new TensorShape(at.Shape.Dimensions.Take(at.Shape.Rank - 1).Append(rows).ToArray());
        return new Tensor(Add(new MatMulLayer(Name("matmul"), at.Layer, right.Layer, true, _any.Quantizer(shape, rows))), shape);
    }

    private Tensor Reshaped(Tensor at)
    {
        var reversed = Enumerable.Range(0, at.Shape.Rank).Reverse().ToArray();
        var shape = new TensorShape(reversed.Select(a => at.Shape[a]).ToArray());
        var permuted = Add(new PermuteLayer(Name("permute"), at.Layer, reversed));
        return _any.Next(2) == 0
            ? new Tensor(permuted, shape)
            : new Tensor(Add(new ReshapeLayer(Name("reshape"), permuted, TensorShape.Of(shape.Size))), TensorShape.Of(shape.Size));
    }

    private Tensor Reduce(Tensor at)
    {
        var shape = new TensorShape(at.Shape.Dimensions.Skip(1).ToArray());
        return new Tensor(Add(new ReduceLayer(Name("reduce"), at.Layer, (ReductionKind)_any.Next(3), new[] { 0 }, false, _any.Quantizer(shape))), shape);
    }

    private Tensor Quantized(Tensor at) => new(Add(new QuantizeLayer(Name("quantize"), at.Layer, _any.Quantizer(at.Shape, _any.Next(2) * at.Shape.Channels))), at.Shape);

    private string Add(LayerNode layer)
    {
        _layers.Add(layer);
        return layer.Name;
    }

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{_names++}");

    private sealed record Tensor(string Layer, TensorShape Shape);
}
