using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Testing.Graphs;

namespace HGQ.Generators.Tests.Emission;

/// <summary>Random dense models with formats, roundings and overflows chosen element by element.</summary>
internal sealed class RandomModels(int seed)
{
    private readonly Random _random = new(seed);

    public ModelGraph Dense(int maxBits)
    {
        int size = Width(9);
        var layers = new System.Collections.Generic.List<LayerNode>
        {
            new InputLayer("x", TensorShape.Of(size)),
            new QuantizeLayer("q", "x", Quantizer(size, maxBits)),
        };
        string last = "q";
        int depth = _random.Next(1, 4);
        for (var n = 0; n < depth; n++)
        {
            int outputs = Width(12);
            string name = "dense" + n.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var activation = _random.Next(2) == 0 ? ActivationKind.Relu : ActivationKind.Linear;
            var bias = _random.Next(3) == 0 ? null : Constants(TensorShape.Of(outputs), maxBits);
            var quantizer = n == depth - 1 && _random.Next(2) == 0 ? null : Quantizer(outputs, maxBits);
            layers.Add(new DenseLayer(name, last, Constants(TensorShape.Of(size, outputs), Math.Min(maxBits, 6)), bias, activation, quantizer));
            last = name;
            size = outputs;
        }

        return new ModelGraph("random", layers.ToArray(), new[] { new ModelOutput("y", last) }, ModelMetadata.Empty);
    }

    // Now and then more than a vector holds, and more than one group of results.
    private int Width(int most) => _random.Next(4) == 0 ? _random.Next(most, 40) : _random.Next(1, most);

    public double[] Reals(int count) => Enumerable.Range(0, count).Select(_ => Real()).ToArray();

    private double Real() => _random.Next(12) switch
    {
        0 => 0,
        1 => _random.Next(-40, 40) / 8.0,
        2 => -0.0,
        3 => BitConverter.Int64BitsToDouble(_random.NextInt64()) is var any && double.IsFinite(any) ? any : 1,
        4 => double.Epsilon * _random.Next(-3, 4),
        5 => (_random.NextDouble() - 0.5) * 1e9,
        _ => (_random.NextDouble() - 0.5) * 16,
    };

    private QuantizerSpec Quantizer(int size, int maxBits)
    {
        var overflow = Modes.Overflows[_random.Next(Modes.Overflows.Count)];
        var rounding = Modes.Roundings[_random.Next(Modes.Roundings.Count)];
        return new QuantizerSpec(new TensorFormat(TensorShape.Of(size), Formats(size, maxBits)), rounding, overflow);
    }

    private FixedPointFormat[] Formats(int size, int maxBits) => Enumerable.Range(0, size).Select(_ => Format(maxBits)).ToArray();

    private FixedPointFormat Format(int maxBits)
    {
        bool signed = _random.Next(2) == 0;
        int width = _random.Next(-1, maxBits + 1), integer = _random.Next(-3, 6);
        return new FixedPointFormat(signed, integer, width - integer - (signed ? 1 : 0));
    }

    private IntegerTensor Constants(TensorShape shape, int maxBits)
    {
        var formats = Formats(shape.Size, maxBits);
        var raws = formats.Select(format => format.IsZero || _random.Next(3) == 0 ? 0 : Within(format)).ToArray();
        return new IntegerTensor(new TensorFormat(shape, formats), raws);
    }

    private long Within(FixedPointFormat format)
        => (long)format.MinRaw + _random.NextInt64((long)(format.MaxRaw - format.MinRaw) + 1);
}
