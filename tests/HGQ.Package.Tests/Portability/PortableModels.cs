using System;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Package.Tests.Portability;

/// <summary>Seeded models that together use every kind of kernel: dense, convolution with pooling, a normalisation by tables, standardised inputs, and inputs of single bits.</summary>
internal static class PortableModels
{
    private static readonly FixedPointFormat Byte = new(true, 3, 4);
    private static readonly FixedPointFormat Activation = new(false, 4, 4);

    /// <summary>The reference model of the figures in its shape: 16-64-32-32-5, relu, half of the weights 0.</summary>
    public static ModelGraph Dense()
    {
        var random = new Random(1);
        return Graph(
            "dense",
            new InputLayer("x", TensorShape.Of(16)),
            Quantize("q", "x", TensorShape.Of(16), Byte),
            Dense("d1", "q", random, 16, 64, Spec(TensorShape.Of(64), Activation, OverflowMode.Wrap)),
            Dense("d2", "d1", random, 64, 32, Spec(TensorShape.Of(32), Activation, OverflowMode.Wrap)),
            Dense("d3", "d2", random, 32, 32, Spec(TensorShape.Of(32), Activation, OverflowMode.Saturate)),
            Dense("d4", "d3", random, 32, 5, null));
    }

    /// <summary>A 12 × 12 image through two convolutions, pooling and a dense layer.</summary>
    public static ModelGraph Image()
    {
        var random = new Random(2);
        return Graph(
            "image",
            new InputLayer("x", TensorShape.Of(12, 12, 1)),
            Quantize("q", "x", TensorShape.Of(12, 12, 1), new FixedPointFormat(false, 0, 8)),
            Conv("c1", "q", random, TensorShape.Of(3, 3, 1, 6), PaddingKind.Same, Spec(TensorShape.Of(12, 12, 6), Activation, OverflowMode.Saturate)),
            new PoolLayer("p1", "c1", PoolKind.Max, new[] { 2, 2 }, new[] { 2, 2 }, PaddingKind.Valid, null),
            Conv("c2", "p1", random, TensorShape.Of(3, 3, 6, 8), PaddingKind.Valid, Spec(TensorShape.Of(4, 4, 8), Activation, OverflowMode.Saturate)),
            new PoolLayer("p2", "c2", PoolKind.Average, new[] { 2, 2 }, new[] { 2, 2 }, PaddingKind.Valid, Spec(TensorShape.Of(2, 2, 8), Activation, OverflowMode.Saturate)),
            new ReshapeLayer("flat", "p2", TensorShape.Of(32)),
            Dense("d", "flat", random, 32, 10, null));
    }

    /// <summary>Softmax over rows of four: maximum, difference, table of exp, sum, table of 1/x, product; then a product of matrices.</summary>
    public static ModelGraph Normalized()
    {
        var random = new Random(3);
        FixedPointFormat difference = new(true, 4, 4), weight = new(false, 1, 10), sum = new(false, 3, 5), inverse = new(false, 1, 10);
        TensorShape rows = TensorShape.Of(3, 4), column = TensorShape.Of(3, 1);
        return Graph(
            "normalized",
            new InputLayer("x", rows),
            Quantize("q", "x", rows, Byte),
            new ReduceLayer("largest", "q", ReductionKind.Max, new[] { 1 }, true, null),
            new AddLayer("difference", new[] { "q", "largest" }, new[] { false, true }, Spec(rows, difference, OverflowMode.Saturate)),
            Table("exp", "difference", difference, weight, Math.Exp),
            new ReduceLayer("sum", "exp", ReductionKind.Sum, new[] { 1 }, true, Spec(column, sum, OverflowMode.Saturate)),
            Table("inverse", "sum", sum, inverse, x => x > 0 ? 1 / x : 0),
            new MultiplyLayer("share", "exp", "inverse", Spec(rows, new FixedPointFormat(false, 1, 8), OverflowMode.Saturate)),
            Dense("mixed", "share", random, 4, 4, Spec(rows, Byte, OverflowMode.Saturate)),
            new MatMulLayer("products", "mixed", "q", true, Spec(TensorShape.Of(3, 3), new FixedPointFormat(true, 7, 4), OverflowMode.Saturate)));
    }

    /// <summary>Standardised inputs, more than a vector holds, that wrap.</summary>
    public static ModelGraph Standardized()
    {
        var random = new Random(4);
        string[] Texts(Func<double> next) => [.. Enumerable.Range(0, 40).Select(_ => next().ToString("R", CultureInfo.InvariantCulture))];
        var graph = Graph(
            "standardized",
            new InputLayer("x", TensorShape.Of(40)),
            new QuantizeLayer("q", "x", Spec(TensorShape.Of(40), Byte, OverflowMode.Wrap)),
            Dense("d1", "q", random, 40, 24, Spec(TensorShape.Of(24), Activation, OverflowMode.Saturate)),
            Dense("d2", "d1", random, 24, 5, null));
        var standardization = new Standardization("x", Texts(() => random.NextDouble() - 0.5), Texts(() => 0.3 + random.NextDouble()));
        return graph with { Metadata = new ModelMetadata(new[] { standardization }, default) };
    }

    /// <summary>Many inputs of one bit that are looked up, scaled and not: they wrap, and are compared with thresholds.</summary>
    public static ModelGraph Bits()
    {
        const int inputs = 160;
        var random = new Random(5);
        var graph = Graph(
            "bits",
            new InputLayer("x", TensorShape.Of(inputs)),
            new QuantizeLayer("q", "x", Spec(TensorShape.Of(inputs), new FixedPointFormat(false, 1, 0), OverflowMode.Wrap)),
            Dense("d1", "q", random, inputs, 24, Spec(TensorShape.Of(24), Activation, OverflowMode.Wrap)),
            Dense("d2", "d1", random, 24, 5, null));
        string[] mean = [.. Enumerable.Repeat("0", inputs)], scale = [.. Enumerable.Range(0, inputs).Select(e => e % 3 == 0 ? "1" : e % 3 == 1 ? "0.5" : "0.7")];
        return graph with { Metadata = new ModelMetadata(new[] { new Standardization("x", mean, scale) }, default) };
    }

    private static ModelGraph Graph(string name, params LayerNode[] layers)
        => new(name, layers, new[] { new ModelOutput("y", layers[^1].Name) }, ModelMetadata.Empty);

    private static QuantizeLayer Quantize(string name, string input, TensorShape shape, FixedPointFormat format)
        => new(name, input, Spec(shape, format, OverflowMode.Saturate));

    private static DenseLayer Dense(string name, string input, Random random, int inputs, int outputs, QuantizerSpec? quantizer) => new(
        name,
        input,
        Weights(random, TensorShape.Of(inputs, outputs)),
        Bias(random, outputs),
        quantizer?.Format.Shape.Rank == 1 ? ActivationKind.Relu : ActivationKind.Linear,
        quantizer);

    private static ConvLayer Conv(string name, string input, Random random, TensorShape kernel, PaddingKind padding, QuantizerSpec quantizer) => new(
        name, input, Weights(random, kernel), Bias(random, kernel[3]), new[] { 1, 1 }, new[] { 1, 1 }, padding, 1, ActivationKind.Relu, quantizer, 1);

    private static TableLayer Table(string name, string input, FixedPointFormat from, FixedPointFormat to, Func<double, double> function)
    {
        var entries = new long[1 << from.Width];
        for (var n = 0; n < entries.Length; n++)
        {
            long raw = from.Signed && n >= entries.Length / 2 ? n - entries.Length : n;
            entries[n] = Math.Clamp((long)Math.Round(function(raw * from.Step) / to.Step), (long)to.MinRaw, (long)to.MaxRaw);
        }

        return new TableLayer(name, input, new[] { new LookupTable(from, to, entries) }, new[] { 0 }, null);
    }

    private static IntegerTensor Weights(Random random, TensorShape shape)
        => Constants(shape, new FixedPointFormat(true, 0, 3), () => random.Next(2) == 0 ? 0 : random.Next(-7, 8));

    private static IntegerTensor Bias(Random random, int outputs)
        => Constants(TensorShape.Of(outputs), new FixedPointFormat(true, 2, 5), () => random.Next(-60, 61));

    private static IntegerTensor Constants(TensorShape shape, FixedPointFormat format, Func<long> next)
        => new(TensorFormat.Uniform(shape, format), Enumerable.Range(0, shape.Size).Select(_ => next()).ToArray());

    private static QuantizerSpec Spec(TensorShape shape, FixedPointFormat format, OverflowMode overflow)
        => new(TensorFormat.Uniform(shape, format), RoundingMode.RoundHalfUp, overflow);
}
