using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>Draws layers one after the other and keeps track of shapes.</summary>
internal sealed partial class RandomLayers(int seed)
{
    private const int Usual = 9;

    private readonly Random _random = new(seed);
    private readonly List<LayerNode> _layers = [];
    private readonly Dictionary<string, TensorShape> _shapes = new(StringComparer.Ordinal);

    /// <summary>Uniform integer, both ends included.</summary>
    public int Between(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>The model of all layers so far.</summary>
    public ModelGraph Graph(IReadOnlyList<string> outputs) => new(
        "random" + seed.ToString(CultureInfo.InvariantCulture),
        _layers.ToArray(),
        outputs.Select((layer, n) => new ModelOutput("y" + n.ToString(CultureInfo.InvariantCulture), layer)).ToArray(),
        ModelMetadata.Empty with { Preprocessing = _preprocessing.ToArray() });

    /// <summary>A small shape of one to three axes.</summary>
    public TensorShape Shape() => Between(0, 2) switch
    {
        0 => TensorShape.Of(Between(1, 10)),
        1 => TensorShape.Of(Between(1, 6), Between(1, 4)),
        _ => TensorShape.Of(Between(2, 5), Between(2, 5), Between(1, 3)),
    };

    /// <summary>An input port with a quantizer behind it.</summary>
    public string Input(TensorShape shape, int widest = Usual)
    {
        string port = Add(new InputLayer(Name("x"), shape), shape);
        return Add(new QuantizeLayer(Name("q"), port, Quantizer(shape, widest)), shape);
    }

    /// <summary>A dense layer over the last axis.</summary>
    public string Dense(string input)
    {
        var shape = _shapes[input];
        int outputs = Between(1, 8);
        var result = TensorShape.Of([.. shape.Dimensions.Take(shape.Rank - 1), outputs]);
        var kernel = Constants(TensorShape.Of(shape.Channels, outputs));
        return Add(new DenseLayer(Name("dense"), input, kernel, Chance(0.7) ? Constants(TensorShape.Of(outputs)) : null, Activation(), OptionalQuantizer(result)), result);
    }

    /// <summary>Integers with random widths, 40 % of them 0.</summary>
    public IntegerTensor Constants(TensorShape shape)
    {
        var raw = new long[shape.Size];
        var formats = new FixedPointFormat[raw.Length];
        bool wide = Chance(0.05);
        for (int e = 0; e < raw.Length; e++)
        {
            raw[e] = Chance(0.4) ? 0 : Chance(wide ? 0.5 : 0) ? Between(-200_000, 200_000) : Between(-31, 31);
            formats[e] = FixedPointFormat.ForInterval(RawInterval.Point(raw[e]), Between(-2, 6));
        }

        return new IntegerTensor(new TensorFormat(shape, formats), raw);
    }

    /// <summary>A quantizer with a format per element, per channel or for all.</summary>
    public QuantizerSpec Quantizer(TensorShape shape, int widest = Usual)
    {
        int period = Between(0, 2) switch { 0 => 1, 1 => shape.Channels, _ => shape.Size };
        widest = widest == Usual && Chance(0.06) ? 40 : widest;
        var pattern = Enumerable.Range(0, period).Select(_ => Format(widest)).ToArray();
        var formats = Enumerable.Range(0, shape.Size).Select(e => pattern[e % period]).ToArray();
        return new QuantizerSpec(new TensorFormat(shape, formats), Draw(Modes.Roundings), Draw(Modes.Overflows));
    }

    private T Draw<T>(IReadOnlyList<T> all) => all[Between(0, all.Count - 1)];

    private FixedPointFormat Format(int widest)
    {
        bool signed = Chance(0.6);
        int width = Chance(0.1) ? Between(-1, 0) : Between(1, widest), fractionBits = Between(-2, 7);
        return new FixedPointFormat(signed, width - fractionBits - (signed ? 1 : 0), fractionBits);
    }

    private QuantizerSpec? OptionalQuantizer(TensorShape shape) => Chance(0.85) ? Quantizer(shape) : null;

    private ActivationKind Activation() => Chance(0.5) ? ActivationKind.Relu : ActivationKind.Linear;

    private string Name(string kind) => kind + _layers.Count.ToString(CultureInfo.InvariantCulture);

    private string Add(LayerNode layer, TensorShape shape)
    {
        _layers.Add(layer);
        _shapes[layer.Name] = shape;
        return layer.Name;
    }
}
