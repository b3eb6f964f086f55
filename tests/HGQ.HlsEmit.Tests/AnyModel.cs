using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.HlsEmit.Tests;

/// <summary>Models with random weights, formats and modes; the same for a seed on every machine.</summary>
internal sealed class AnyModel(int seed)
{
    private static readonly RoundingMode[] Roundings = Enum.GetValues<RoundingMode>();
    private static readonly OverflowMode[] Overflows = [OverflowMode.Wrap, OverflowMode.Saturate, OverflowMode.SaturateSymmetric, OverflowMode.SaturateToZero];

    private readonly Random _random = new(seed);

    /// <summary>Widest element of a quantizer.</summary>
    public int MaxWidth { get; init; } = 8;

    /// <summary>Input quantizer, then dense layers with relu but for the last.</summary>
    public static ModelGraph Dense(int seed, string name, int maxWidth, params int[] sizes)
    {
        var any = new AnyModel(seed) { MaxWidth = maxWidth };
        var layers = new List<LayerNode> { new InputLayer("x", TensorShape.Of(sizes[0])), new QuantizeLayer("q", "x", any.Quantizer(TensorShape.Of(sizes[0]))) };
        for (var n = 1; n < sizes.Length; n++)
        {
            layers.Add(any.DenseOf($"dense_{n}", layers[^1].Name, sizes[n - 1], sizes[n], n + 1 < sizes.Length));
        }

        return Graph(name, layers, layers[^1].Name);
    }

    /// <summary>A graph from its layers.</summary>
    public static ModelGraph Graph(string name, IEnumerable<LayerNode> layers, params string[] outputs) =>
        new(name, layers.ToArray(), outputs.Select(o => new ModelOutput(o, o)).ToArray(), ModelMetadata.Empty);

    /// <summary>A dense layer.</summary>
    public DenseLayer DenseOf(string name, string input, int inputs, int outputs, bool relu, bool quantized = true) => new(
        name,
        input,
        Tensor(TensorShape.Of(inputs, outputs)),
        _random.Next(4) == 0 ? null : Tensor(TensorShape.Of(outputs)),
        relu ? ActivationKind.Relu : ActivationKind.Linear,
        quantized ? Quantizer(TensorShape.Of(outputs)) : null);

    /// <summary>A number below a limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>A quantizer with its own format for each element, or one for all.</summary>
    public QuantizerSpec Quantizer(TensorShape shape, int channels = 0)
    {
        var uniform = _random.Next(3) == 0;
        var first = Format();
        var formats = new FixedPointFormat[shape.Size];
        for (var e = 0; e < formats.Length; e++)
        {
            formats[e] = uniform ? first : channels > 0 && e >= channels ? formats[e % channels] : Format();
        }

        return new QuantizerSpec(new TensorFormat(shape, formats), Roundings[_random.Next(Roundings.Length)], Overflows[_random.Next(Overflows.Length)]);
    }

    /// <summary>A quantizer with one format for all elements.</summary>
    public QuantizerSpec Quantizer(TensorShape shape, FixedPointFormat format) =>
        new(TensorFormat.Uniform(shape, format), Roundings[_random.Next(Roundings.Length)], Overflows[_random.Next(Overflows.Length)]);

    /// <summary>Constants with a format each; a third of them is 0.</summary>
    public IntegerTensor Tensor(TensorShape shape)
    {
        var formats = new FixedPointFormat[shape.Size];
        var raw = new long[shape.Size];
        for (var e = 0; e < raw.Length; e++)
        {
            formats[e] = Format();
            raw[e] = formats[e].IsZero || _random.Next(3) == 0 ? 0 : (long)(formats[e].MinRaw + new BigInteger(_random.NextInt64()) % (formats[e].MaxRaw - formats[e].MinRaw + 1));
        }

        return new IntegerTensor(new TensorFormat(shape, formats), raw);
    }

    /// <summary>A format of width 0 to the widest; now and then with negative fraction or integer bits.</summary>
    public FixedPointFormat Format()
    {
        var width = _random.Next(10) == 0 ? 0 : 1 + _random.Next(MaxWidth);
        var fraction = _random.Next(8) == 0 ? -1 - _random.Next(2) : _random.Next(Math.Min(MaxWidth, 12));
        var signed = _random.Next(3) != 0;
        return new FixedPointFormat(signed, width - fraction - (signed ? 1 : 0), fraction);
    }
}
