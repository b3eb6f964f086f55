using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <content>One method for each kind of layer.</content>
internal sealed partial class RandomLayers
{
    /// <summary>A random layer that fits the source.</summary>
    public string Layer(string source, IReadOnlyList<string> tensors)
    {
        var shape = _shapes[source];
        return Between(0, 17) switch
        {
            0 or 1 => Dense(source),
            2 when shape.Rank >= 2 => Conv(source),
            3 => Add(new ScaleOffsetLayer(Name("scale"), source, Constants(TensorShape.Of(shape.Channels)), Chance(0.5) ? Constants(TensorShape.Of(shape.Channels)) : null, Activation(), OptionalQuantizer(shape)), shape),
            4 => Add(new ReluLayer(Name("relu"), source, Chance(0.5) ? 0 : Between(1, 8), 3, OptionalQuantizer(shape)), shape),
            5 => Add(new ClampLayer(Name("clamp"), source, Between(-20, 0), Between(0, 20), Between(-1, 4), OptionalQuantizer(shape)), shape),
            6 => Table(source),
            7 => Elementwise(source, tensors),
            8 when shape.Rank >= 2 => MatMul(source, tensors),
            9 when shape.Rank >= 2 => Pool(source),
            10 => Reduce(source),
            11 => Add(new ShiftLayer(Name("shift"), source, Between(-6, 6)), shape),
            12 => Reshape(source),
            13 => Permute(source),
            14 => Concatenate(source, tensors),
            15 => Slice(source),
            16 => Softmax(source),
            _ => Add(new QuantizeLayer(Name("q"), source, Quantizer(shape)), shape),
        };
    }

    private string Conv(string source)
    {
        var shape = _shapes[source];
        int spatial = shape.Rank - 1, groups = Divisor(shape.Channels), outputs = groups * Between(1, 3);
        var window = Enumerable.Range(0, spatial).Select(axis => Between(1, int.Min(3, shape[axis]))).ToArray();
        var strides = window.Select(_ => Between(1, 2)).ToArray();
        var padding = (PaddingKind)Between(0, spatial == 1 ? 2 : 1);
        var dilations = window.Select((size, axis) => ((size - 1) * 2) + 1 <= shape[axis] ? Between(1, 2) : 1).ToArray();
        var output = window.Select((size, axis) => WindowGeometry.OutputSize(shape[axis], size, strides[axis], dilations[axis], padding)).Append(outputs);
        var result = new TensorShape(output.ToArray());
        var kernel = Constants(TensorShape.Of([.. window, shape.Channels / groups, outputs]));
        var layer = new ConvLayer(
            Name("conv"), source, kernel, Chance(0.7) ? Constants(TensorShape.Of(outputs)) : null, strides, dilations, padding, groups, Activation(), OptionalQuantizer(result), Chance(0.5) ? 1 : Between(1, result.Size / outputs));
        return Add(layer, result);
    }

    private int Divisor(int channels)
    {
        int groups = Chance(0.4) ? Between(1, channels) : 1;
        return channels % groups == 0 ? groups : channels;
    }

    private string Table(string source)
    {
        var shape = _shapes[source];
        var quantizer = Quantizer(shape, widest: 6);
        string index = Add(new QuantizeLayer(Name("q"), source, quantizer), shape);
        var formats = quantizer.Format.Elements.Distinct().ToArray();
        var tables = formats.Select(format =>
        {
            int bits = Between(1, 8), fractionBits = Between(-2, 6);
            var output = new FixedPointFormat(true, bits - fractionBits, fractionBits);
            int entries = format.IsZero ? 1 : 1 << format.Width;
            return new LookupTable(format, output, Enumerable.Range(0, entries).Select(_ => (long)Between(-(1 << bits), (1 << bits) - 1)).ToArray());
        }).ToArray();
        var tableOf = quantizer.Format.Elements.Select(format => System.Array.IndexOf(formats, format)).ToArray();
        return Add(new TableLayer(Name("table"), index, tables, formats.Length == 1 ? new[] { 0 } : tableOf, OptionalQuantizer(shape)), shape);
    }

    private string Pool(string source)
    {
        var shape = _shapes[source];
        int spatial = shape.Rank - 1;
        bool average = Chance(0.5);
        var window = Enumerable.Range(0, spatial).Select(axis => Between(1, int.Min(4, shape[axis]))).ToArray();
        var strides = window.Select(_ => Between(1, 2)).ToArray();
        var padding = (PaddingKind)Between(0, 1);
        var output = window.Select((size, axis) => WindowGeometry.OutputSize(shape[axis], size, strides[axis], 1, padding)).Append(shape.Channels);
        var result = new TensorShape(output.ToArray());
        bool exact = window.All(int.IsPow2) && padding == PaddingKind.Valid;
        var quantizer = average && !exact ? WithoutTies(Quantizer(result)) : OptionalQuantizer(result);
        return Add(new PoolLayer(Name("pool"), source, average ? PoolKind.Average : PoolKind.Max, window, strides, padding, quantizer), result);
    }

    // An average that meets ties to even is refused where the window is no power of two.
    private static QuantizerSpec WithoutTies(QuantizerSpec quantizer) =>
        quantizer.Rounding == RoundingMode.RoundHalfEven ? quantizer with { Rounding = RoundingMode.RoundHalfUp } : quantizer;

    private string Reduce(string source)
    {
        var shape = _shapes[source];
        var axes = Enumerable.Range(0, shape.Rank).Where(_ => Chance(0.5)).ToArray();
        axes = axes.Length == 0 ? [shape.Rank - 1] : axes;
        var result = new TensorShape(shape.Dimensions.Select((size, axis) => axes.Contains(axis) ? 1 : size).ToArray());
        return Add(new ReduceLayer(Name("reduce"), source, (ReductionKind)Between(0, 2), axes, true, OptionalQuantizer(result)), result);
    }

    private string Reshape(string source)
    {
        var shape = Chance(0.5) ? TensorShape.Of(_shapes[source].Size) : TensorShape.Of(_shapes[source].Size, 1);
        return Add(new ReshapeLayer(Name("reshape"), source, shape), shape);
    }

    private string Permute(string source)
    {
        var shape = _shapes[source];
        var axes = Enumerable.Range(0, shape.Rank).OrderBy(_ => _random.Next()).ToArray();
        var result = new TensorShape(axes.Select(axis => shape[axis]).ToArray());
        return Add(new PermuteLayer(Name("permute"), source, axes), result);
    }

    private string Slice(string source)
    {
        var shape = _shapes[source];
        var begin = shape.Dimensions.Select(size => Between(0, (size - 1) / 2)).ToArray();
        var steps = begin.Select(_ => Between(1, 2)).ToArray();
        var size = begin.Select((first, axis) => Between(1, ((shape[axis] - 1 - first) / steps[axis]) + 1)).ToArray();
        return Add(new SliceLayer(Name("slice"), source, begin, size, steps), new TensorShape(size));
    }
}
