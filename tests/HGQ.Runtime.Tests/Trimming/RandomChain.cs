using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Data;
using HGQ.Runtime.Randomness;

namespace HGQ.Runtime.Tests.Trimming;

/// <summary>Random chains of dense layers with all the modes that trimming knows, and rows for them.</summary>
internal sealed class RandomChain
{
    private static readonly OverflowMode[] Overflows = [OverflowMode.Wrap, OverflowMode.Wrap, OverflowMode.Saturate, OverflowMode.SaturateSymmetric];

    private readonly DeterministicRandom _random;
    private readonly int[] _sizes;

    private RandomChain(ulong seed, int outputs)
    {
        _random = new DeterministicRandom(seed, 0x7472);
        _sizes = [2 + _random.NextInt(5), .. Enumerable.Range(0, 1 + _random.NextInt(2)).Select(_ => 2 + _random.NextInt(7)), outputs];
    }

    /// <summary>A classifier of three classes with rows to learn from.</summary>
    public static (ModelGraph Graph, SampleSet Samples) Classifier(ulong seed, int rows)
    {
        var chain = new RandomChain(seed, 3);
        float[] features = chain.Features(rows);
        return (chain.Graph(), new SampleSet(features, [chain._sizes[0]], [.. Enumerable.Range(0, rows).Select(_ => (long)chain._random.NextInt(3))], []));
    }

    /// <summary>A regression of two targets.</summary>
    public static (ModelGraph Graph, SampleSet Samples) Regression(ulong seed, int rows)
    {
        var chain = new RandomChain(seed, 2);
        float[] features = chain.Features(rows);
        return (chain.Graph(), new SampleSet(features, [chain._sizes[0]], [], chain.Reals(rows * 2)));
    }

    private float[] Features(int rows) => Reals(rows * _sizes[0]);

    private float[] Reals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)_random.NextGaussian())];

    private ModelGraph Graph()
    {
        List<LayerNode> layers = [new InputLayer("x", TensorShape.Of(_sizes[0])), new QuantizeLayer("q", "x", Quantizer(_sizes[0], signed: true))];
        for (int l = 1; l < _sizes.Length; l++)
        {
            bool last = l == _sizes.Length - 1, relu = !last && _random.NextInt(4) > 0;
            IntegerTensor? bias = _random.NextInt(3) == 0 ? null : Constants(TensorShape.Of(_sizes[l]), zeros: 4);
            layers.Add(new DenseLayer(
                "d" + l,
                layers[^1].Name,
                Constants(TensorShape.Of(_sizes[l - 1], _sizes[l]), zeros: 3),
                bias,
                relu ? ActivationKind.Relu : ActivationKind.Linear,
                last && _random.NextInt(2) == 0 ? null : Quantizer(_sizes[l], !relu)));
        }

        return new ModelGraph("chain", layers.ToArray(), new[] { new ModelOutput("y", layers[^1].Name) }, ModelMetadata.Empty);
    }

    private QuantizerSpec Quantizer(int size, bool signed)
    {
        FixedPointFormat[] formats =
        [
            .. Enumerable.Range(0, size).Select(_ => _random.NextInt(8) == 0
                ? FixedPointFormat.Zero
                : new FixedPointFormat(signed, 1 + _random.NextInt(3), _random.NextInt(5) - 1)),
        ];
        RoundingMode[] roundings = Enum.GetValues<RoundingMode>();
        return new QuantizerSpec(
            new TensorFormat(TensorShape.Of(size), formats), roundings[_random.NextInt(roundings.Length)], Overflows[_random.NextInt(Overflows.Length)]);
    }

    private IntegerTensor Constants(TensorShape shape, int zeros)
    {
        (FixedPointFormat Format, long Raw)[] constants =
        [
            .. Enumerable.Range(0, shape.Size).Select(_ =>
            {
                long raw = _random.NextInt(zeros) == 0 ? 0 : _random.NextInt(15) - 7;
                return raw == 0 ? (FixedPointFormat.Zero, 0L) : (new FixedPointFormat(true, 2, 2), raw);
            }),
        ];
        return new IntegerTensor(
            new TensorFormat(shape, constants.Select(static c => c.Format).ToArray()), constants.Select(static c => c.Raw).ToArray());
    }
}
