using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>
/// Random networks of convolutions that work position by position: one or two axes, padding, strides, dilation, groups, pools, batch
/// normalisation, sums with what came before, a dense layer at the end. Formats differ from channel to channel.
/// </summary>
public sealed class StreamGraphs
{
    private readonly Random _random;
    private readonly List<LayerNode> _layers = [];

    private StreamGraphs(int seed) => _random = new Random(seed);

    /// <summary>A network by its seed.</summary>
    public static ModelGraph Create(int seed)
    {
        var draw = new StreamGraphs(seed);
        bool image = draw.Chance(0.5);
        int channels = draw.Between(1, 3);
        var shape = image ? TensorShape.Of(draw.Between(4, 7), draw.Between(4, 7), channels)
            : TensorShape.Of(draw.Between(6, 14), channels);
        draw._layers.Add(new InputLayer("x", shape));
        draw._layers.Add(new QuantizeLayer("q", "x", draw.Quantizer(shape, relu: false)));
        for (int layers = draw.Between(1, 3); layers > 0 && shape[0] > 2 && shape[shape.Rank - 2] > 2; layers--)
        {
            shape = draw.Layer(shape);
        }

        if (draw.Chance(0.4) && shape.Size < 80)
        {
            string name = draw._layers[^1].Name;
            draw._layers.Add(new ReshapeLayer("flat", name, TensorShape.Of(shape.Size)));
            draw._layers.Add(new DenseLayer(
                "dense", "flat", draw.Weights(shape.Size, 2), draw.Weights(2), ActivationKind.Linear,
                    draw.Quantizer(TensorShape.Of(2), relu: false)));
        }

        var outputs = new[] { new ModelOutput("result", draw._layers[^1].Name) };
        return new ModelGraph(string.Create(CultureInfo.InvariantCulture, $"stream{seed}"), draw._layers.ToArray(), outputs,
            ModelMetadata.Empty);
    }

    private TensorShape Layer(TensorShape shape) => _random.Next(6) switch
    {
        0 => Pool(shape),
        1 => Scale(shape),
        2 => Residual(shape),
        _ => Conv(_layers[^1].Name, shape, same: false),
    };

    private TensorShape Conv(string input, TensorShape shape, bool same)
    {
        int axes = shape.Rank - 1, channels = shape.Channels, filters = same ? channels : Between(1, 4);
        int[] window = [.. Enumerable.Range(0, axes).Select(axis => Between(1, Math.Min(3, shape[axis])))];
        int[] strides = [.. window.Select(_ => same || Chance(0.7) ? 1 : 2)];
        int[] dilations = [.. Enumerable.Range(0, axes).Select(axis => strides.All(stride => stride == 1) && Chance(0.2)
            && window[axis] * 2 < shape[axis] ? 2 : 1)];
        var padding = same || Chance(0.5) ? axes == 1 && Chance(0.3) ? PaddingKind.Causal : PaddingKind.Same : PaddingKind.Valid;
        int groups = channels == filters && Chance(0.3) ? channels : 1;
        var result = TensorShape.Of([.. Enumerable.Range(0, axes)
            .Select(axis => Length(shape[axis], ((window[axis] - 1) * dilations[axis]) + 1,
            strides[axis], padding)), filters]);
        string name = Name("conv");
        _layers.Add(new ConvLayer(name, input, Weights([.. window, channels / groups, filters]), Weights(filters), strides, dilations,
            padding,
            groups, ActivationKind.Relu, Quantizer(result, relu: true), 1));
        return result;
    }

    private static int Length(int size, int window, int stride, PaddingKind padding) =>
        padding == PaddingKind.Valid ? ((size - window) / stride) + 1 : (size + stride - 1) / stride;

    private TensorShape Pool(TensorShape shape)
    {
        int[] size = [.. Enumerable.Repeat(2, shape.Rank - 1)];
        var result = TensorShape.Of([.. Enumerable.Range(0, shape.Rank - 1).Select(axis => shape[axis] / 2), shape.Channels]);
        var kind = Chance(0.6) ? PoolKind.Max : PoolKind.Average;
        _layers.Add(new PoolLayer(Name("pool"), _layers[^1].Name, kind, size, size, PaddingKind.Valid, Quantizer(result, relu: true)));
        return result;
    }

    private TensorShape Scale(TensorShape shape)
    {
        _layers.Add(new ScaleOffsetLayer(
            Name("scale"), _layers[^1].Name, Weights(shape.Channels), Weights(shape.Channels), ActivationKind.Relu,
                Quantizer(shape, relu: true)));
        return shape;
    }

    private TensorShape Residual(TensorShape shape)
    {
        string before = _layers[^1].Name;
        Conv(before, shape, same: true);
        string name = _layers[^1].Name;
        _layers.Add(new AddLayer(Name("add"), new[] { before, name }, new[] { false, Chance(0.3) }, Quantizer(shape, relu: false)));
        return shape;
    }

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{_layers.Count}");

    private IntegerTensor Weights(params int[] shape)
    {
        int size = TensorShape.Of(shape).Size;
        return new IntegerTensor(
            TensorFormat.Uniform(TensorShape.Of(shape), new FixedPointFormat(true, 1, 3)),
            Enumerable.Range(0, size).Select(_ => _random.Next(4) == 0 ? 0 : (long)_random.Next(-8, 8)).ToArray());
    }

    private QuantizerSpec Quantizer(TensorShape shape, bool relu)
    {
        var formats = Enumerable.Range(0, shape.Channels)
            .Select(_ => new FixedPointFormat(!relu || _random.Next(3) == 0, Between(0, 3), Between(1, 3))).ToArray();
        return new QuantizerSpec(
            new TensorFormat(shape, Enumerable.Range(0, shape.Size).Select(e => formats[e % formats.Length]).ToArray()),
            Modes.Roundings[_random.Next(Modes.Roundings.Count)],
            Modes.Overflows[_random.Next(Modes.Overflows.Count)]);
    }

    private int Between(int least, int most) => _random.Next(least, most + 1);

    private bool Chance(double share) => _random.NextDouble() < share;
}
