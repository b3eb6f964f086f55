using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>
/// Networks whose code is changed: small, so that a hundred variants compile in seconds, but with every kind of statement and none of
/// the widths of 0 that leave nothing to change.
/// </summary>
public sealed class MutatedNetworks
{
    private static readonly FixedPointFormat Fraction = new(false, 1, 5);

    private readonly Random _random;

    private MutatedNetworks(int seed) => _random = new Random(seed);

    /// <summary>A network by its name, with weights, widths and modes by a seed.</summary>
    public static ModelGraph Create(string name, int seed)
    {
        var networks = new MutatedNetworks(seed);
        var layers = name switch
        {
            "dense" => networks.Dense(),
            "convolution" or "stream" => networks.Convolution(),
            "table" => networks.Table(),
            "softmax" => networks.Softmax(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such network"),
        };
        return new ModelGraph("net", layers.ToArray(), new[] { new ModelOutput("result", "result") }, ModelMetadata.Empty);
    }

    private IEnumerable<LayerNode> Dense() =>
    [
        .. Input(8),
        DenseOf("first", "q", 8, 6, relu: true),
        DenseOf("second", "first", 6, 5, relu: true),
        DenseOf("result", "second", 5, 3, relu: false),
    ];

    // Two convolutions, a pool and a dense layer.
    private IEnumerable<LayerNode> Convolution() =>
    [
        .. Input(6, 2),
        Conv("first", "q", 6, 6, 3, 2, 3),
        Conv("second", "first", 6, 4, 3, 3, 2),
        new PoolLayer("pool", "second", PoolKind.Max, new[] { 2 }, new[] { 2 }, PaddingKind.Valid, null),
        new ReshapeLayer("flat", "pool", TensorShape.Of(4)),
        DenseOf("result", "flat", 4, 2, relu: false),
    ];

    // A dense layer, a table of its results, and another dense layer.
    private IEnumerable<LayerNode> Table()
    {
        var index = new FixedPointFormat(true, 2, 3);
        var table = new LookupTable(index, new FixedPointFormat(true, 2, 4), Enumerable.Range(0, 64).Select(_ => (long)_random.Next(-64, 64)).ToArray());
        return
        [
            .. Input(6),
            DenseOf("first", "q", 6, 5, relu: false) with { Quantizer = Quantizer(TensorShape.Of(5), _ => index) },
            new TableLayer("table", "first", new[] { table }, new[] { 0 }, null),
            DenseOf("result", "table", 5, 3, relu: true),
        ];
    }

    // A dense layer and a softmax of its results through two tables: less the maximum, exponential, sum, reciprocal, product.
    private IEnumerable<LayerNode> Softmax()
    {
        FixedPointFormat index = new(false, 3, 2), sums = new(false, 3, 3);
        return
        [
            .. Input(5),
            DenseOf("logits", "q", 5, 4, relu: false) with { Quantizer = Quantizer(TensorShape.Of(4), _ => new FixedPointFormat(true, 3, 2)) },
            new ReduceLayer("max", "logits", ReductionKind.Max, new[] { 0 }, true, null),
            new AddLayer("less", new[] { "max", "logits" }, new[] { false, true }, Quantizer(TensorShape.Of(4), _ => index) with { Overflow = OverflowMode.Saturate }),
            new TableLayer("exp", "less", new[] { TableOf(index, x => Math.Exp(-x)) }, new[] { 0 }, null),
            new ReduceLayer("sum", "exp", ReductionKind.Sum, new[] { 0 }, true, Quantizer(TensorShape.Of(1), _ => sums)),
            new TableLayer("reciprocal", "sum", new[] { TableOf(sums, x => 1 / Math.Max(x, 0.5)) }, new[] { 0 }, null),
            new MultiplyLayer("result", "exp", "reciprocal", Quantizer(TensorShape.Of(4), _ => Fraction)),
        ];
    }

    private static LookupTable TableOf(FixedPointFormat index, Func<double, double> function) => new(
        index, Fraction, Enumerable.Range(0, 1 << index.Width).Select(n => (long)Math.Min(63, Math.Round(32 * function(Math.ScaleB(n, -index.FractionBits))))).ToArray());

    private IEnumerable<LayerNode> Input(params int[] shape) =>
    [
        new InputLayer("x", TensorShape.Of(shape)),
        new QuantizeLayer("q", "x", Quantizer(TensorShape.Of(shape), e => e % 2 == 0 ? new FixedPointFormat(true, 2, 2) : new FixedPointFormat(true, 1, 4))),
    ];

    private DenseLayer DenseOf(string name, string input, int inputs, int outputs, bool relu) => new(
        name, input, Weights(inputs, outputs), Weights(outputs), relu ? ActivationKind.Relu : ActivationKind.Linear, Results(TensorShape.Of(outputs), outputs, relu));

    private ConvLayer Conv(string name, string input, int length, int results, int window, int channels, int filters) => new(
        name, input, Weights(window, channels, filters), Weights(filters), new[] { 1 }, new[] { 1 }, length == results ? PaddingKind.Same : PaddingKind.Valid, 1,
        ActivationKind.Relu, Results(TensorShape.Of(results, filters), filters, relu: true), 1);

    // Of six bits, one in four of them 0.
    private IntegerTensor Weights(params int[] shape)
    {
        var size = TensorShape.Of(shape).Size;
        return new IntegerTensor(
            TensorFormat.Uniform(TensorShape.Of(shape), new FixedPointFormat(true, 1, 4)),
            Enumerable.Range(0, size).Select(_ => _random.Next(4) == 0 ? 0 : (long)_random.Next(-32, 32)).ToArray());
    }

    private QuantizerSpec Results(TensorShape shape, int channels, bool relu)
    {
        var formats = Enumerable.Range(0, channels).Select(_ => new FixedPointFormat(!relu || _random.Next(3) == 0, 2 + _random.Next(3), 1 + _random.Next(4))).ToArray();
        return Quantizer(shape, e => formats[e % channels]);
    }

    private QuantizerSpec Quantizer(TensorShape shape, Func<int, FixedPointFormat> format) => new(
        new TensorFormat(shape, Enumerable.Range(0, shape.Size).Select(format).ToArray()),
        Modes.Roundings[_random.Next(Modes.Roundings.Count)],
        Modes.Overflows[_random.Next(Modes.Overflows.Count)]);
}
