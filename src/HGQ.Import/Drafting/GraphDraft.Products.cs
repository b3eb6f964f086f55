using System;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <content>Products with constants: dense layers, convolutions, sums over windows.</content>
internal sealed partial class GraphDraft
{
    private const int MostPadding = 1 << 16;

    /// <summary>x · kernel + bias along the last axis.</summary>
    /// <param name="value">Input.</param>
    /// <param name="name">Name in the source.</param>
    /// <param name="kernel">[in, out], exact.</param>
    /// <param name="outputs">Columns of the kernel.</param>
    /// <param name="bias">[out], or null.</param>
    public TensorValue Dense(TensorValue value, string name, Rational[] kernel, int outputs, Rational[]? bias)
    {
        (TensorValue source, Rational scale) = Scaled(InSourceOrder(value, name), name);
        int inputs = source.Channels;
        if (kernel.Length != (long)inputs * outputs)
        {
            throw new ImportException(name,
                FormattableString.Invariant($"its kernel has {kernel.Length} weights for {inputs} inputs and {outputs} outputs"));
        }

        var product = new ConstantProduct(name, kernel, w => w % outputs, outputs, scale, bias, Floats is null);
        var shape = TensorShape.Of([.. source.Shape.Dimensions.Take(source.Shape.Rank - 1), outputs]);
        ChannelRange range = product.Range(source.Range!, w => w / outputs, padded: false);
        IntegerTensor weights = Constants.Tensor(name, "kernel", TensorShape.Of(inputs, outputs), product.Codes);
        return product.Behind(Added(
            unique => new DenseLayer(unique, source.Layer, weights, product.BiasTensor, ActivationKind.Linear, null), name, shape,
                range, channelsFirst: false));
    }

    /// <summary>A convolution over one or two axes, channels last.</summary>
    public TensorValue Convolution(TensorValue value, string name, ConvolutionShape convolution, Rational[] kernel, Rational[]? bias)
    {
        (TensorValue source, Rational scale) = Scaled(value, name);
        convolution.Require(name, source.Shape, kernel.Length);
        int outputs = convolution.Outputs, perGroup = source.Channels / convolution.Groups, outputsPerGroup = outputs / convolution.Groups;
        (source, PaddingKind padding) = Padded(source, name, convolution);
        var product = new ConstantProduct(name, kernel, w => w % outputs, outputs, scale, bias, Floats is null);
        ChannelRange range = product.Range(
            source.Range!, w => (w % outputs / outputsPerGroup * perGroup) + (w / outputs % perGroup),
                padded: padding != PaddingKind.Valid);
        IntegerTensor weights = Constants.Tensor(name, "kernel", TensorShape.Of([.. convolution.Window, perGroup, outputs]), product.Codes);
        int[] sizes = [.. convolution.Window.Select((window, axis) => WindowGeometry.OutputSize(
            source.Shape[axis], window, convolution.Strides[axis], convolution.Dilations[axis], padding))];
        if (sizes.Any(static size => size < 1))
        {
            throw new ImportException(name, $"no window of {string.Join("x", convolution.Window)} fits into {source.Shape}");
        }

        var shape = TensorShape.Of([.. sizes, outputs]);
        return product.Behind(Added(
            unique => new ConvLayer(
                unique, source.Layer, weights, product.BiasTensor, convolution.Strides, convolution.Dilations, padding,
                    convolution.Groups, ActivationKind.Linear, null, Positions(sizes)),
            name, shape, range, value.ChannelsFirst));
    }

    /// <summary>The sum of the elements of each window, channel by channel.</summary>
    public TensorValue WindowSum(TensorValue value, string name, int[] window, int[] strides, int[] before, int[] after)
    {
        int channels = value.Channels, taps = window.Aggregate(1, static (a, b) => a * b);
        var convolution = new ConvolutionShape(window, strides, [.. window.Select(static _ => 1)], before, after, channels, channels);
        return Convolution(value, name, convolution, [.. Enumerable.Repeat(Rational.One, taps * channels)], null);
    }

    private static int Positions(int[] sizes) => sizes.Aggregate(1, static (a, b) => a * b);

    // Explicit padding: one of the kinds that the model file has, or zeros that are joined on.
    private (TensorValue Value, PaddingKind Padding) Padded(TensorValue value, string name, ConvolutionShape convolution)
    {
        if (convolution.Before.All(static p => p == 0) && convolution.After.All(static p => p == 0))
        {
            return (value, PaddingKind.Valid);
        }

        PaddingKind[] kinds = convolution.Window.Length == 1 ? [PaddingKind.Same, PaddingKind.Causal] : [PaddingKind.Same];
        foreach (PaddingKind kind in kinds)
        {
            bool same = Enumerable.Range(0, convolution.Window.Length).All(axis =>
                WindowGeometry.PaddingBefore(value.Shape[axis], convolution.Window[axis], convolution.Strides[axis],
                    convolution.Dilations[axis], kind) == convolution.Before[axis]
                && WindowGeometry.PaddingAfter(value.Shape[axis], convolution.Window[axis], convolution.Strides[axis],
                    convolution.Dilations[axis], kind) == convolution.After[axis]);
            if (same)
            {
                return (value, kind);
            }
        }

        return (Pad(value, name, convolution.Before, convolution.After), PaddingKind.Valid);
    }

    /// <summary>Zeros in front of and behind the spatial axes: slices of the tensor times 0, joined on.</summary>
    public TensorValue Pad(TensorValue value, string name, int[] before, int[] after)
    {
        for (var axis = 0; axis < before.Length; axis++)
        {
            value = PadAxis(value, name, axis, before[axis], after[axis]);
        }

        return value;
    }

    private TensorValue PadAxis(TensorValue value, string name, int axis, int before, int after)
    {
        if (before is < 0 or > MostPadding || after is < 0 or > MostPadding)
        {
            throw new ImportException(name,
                FormattableString.Invariant($"it pads by {before} and {after} elements; give numbers from 0 to {MostPadding}"));
        }

        if (before == 0 && after == 0)
        {
            return value;
        }

        TensorShape one = WithSize(value.Shape, axis, 1);
        var begin = new int[value.Shape.Rank];
        int[] steps = [.. begin.Select(static _ => 1)];
        string slice = Unique(name + "_edge"), zero = Unique(name + "_zero");
        _layers.Add(new SliceLayer(slice, value.Layer, begin, one.Dimensions, steps));
        IntegerTensor zeros = Constants.Tensor(name, "padding", TensorShape.Of(value.Channels), new Rational[value.Channels]);
        _layers.Add(new ScaleOffsetLayer(zero, slice, zeros, null, ActivationKind.Linear, null));
        string[] operands = [.. Enumerable.Repeat(zero, before), value.Layer, .. Enumerable.Repeat(zero, after)];
        ChannelRange range = value.Range!.Union(ChannelRange.Uniform(value.Channels, 0, 0, 0));
        return Added(
            unique => new ConcatenateLayer(unique, operands, axis), name + "_padded",
                WithSize(value.Shape, axis, value.Shape[axis] + before + after), range, value.ChannelsFirst);
    }

    private static TensorShape WithSize(TensorShape shape, int axis, int size)
    {
        int[] sizes = [.. shape.Dimensions];
        sizes[axis] = size;
        return new TensorShape(sizes);
    }

    /// <summary>Weights as short codes, a factor for each output, and the bias beside them.</summary>
    private sealed class ConstantProduct
    {
        private readonly string _name;
        private readonly Func<int, int> _outputOf;
        private readonly Rational[] _scales;
        private readonly Rational[]? _bias;
        private readonly bool _plain;
        private readonly bool _splits;

        public ConstantProduct(string name, Rational[] weights, Func<int, int> outputOf, int outputs, Rational inputScale, Rational[]? bias,
            bool splits)
        {
            _name = name;
            _outputOf = outputOf;
            (Codes, Rational[] split) = splits ? Constants.Split(weights, outputOf, outputs)
                : (weights, [.. Enumerable.Repeat(Rational.One, outputs)]);
            _splits = splits;
            _scales = [.. split.Select(s => s * inputScale)];
            _bias = bias;

            // Where products need no factor, the bias is a constant of the layer; else it is added behind the factor.
            _plain = _scales.All(static s => s == Rational.One) && (bias is null || bias.All(static b => b.IsDyadic));
        }

        public Rational[] Codes { get; }

        public IntegerTensor? BiasTensor => _plain && _bias is { } bias && bias.Any(static b => !b.IsZero)
            ? Constants.Tensor(_name, "bias", TensorShape.Of(bias.Length), bias)
            : null;

        public TensorValue Behind(TensorValue sums) => _plain
            ? sums
            : sums.Then(new AffineStep(_scales, _bias ?? [Rational.Zero]));

        public ChannelRange Range(ChannelRange input, Func<int, int> inputOf, bool padded)
        {
            int outputs = _scales.Length;
            if (!_splits)
            {
                return ChannelRange.Uniform(outputs, 0, -1, 1);
            }

            int codeBits = Codes.Max(static c => c.FractionBits);
            int bits = input.FractionBits + codeBits;
            Rational[] bias = _plain && _bias is { } b ? b : new Rational[outputs];
            bits = Math.Max(bits, bias.Max(static x => x.FractionBits));
            int shift = bits - input.FractionBits;
            BigInteger[] low = [.. bias.Select(x => x.ToRaw(bits))], high = [.. low];
            for (var w = 0; w < Codes.Length; w++)
            {
                if (!Codes[w].IsZero)
                {
                    BigInteger code = Codes[w].ToRaw(shift), least = input.Low[inputOf(w)], most = input.High[inputOf(w)];
                    least = padded ? BigInteger.Min(least, 0) : least;
                    most = padded ? BigInteger.Max(most, 0) : most;
                    int o = _outputOf(w);
                    low[o] += code.Sign > 0 ? code * least : code * most;
                    high[o] += code.Sign > 0 ? code * most : code * least;
                }
            }

            return new ChannelRange(bits, low, high) { ChannelBits = ChannelBits(input.FractionBits, bias) };
        }

        private int[] ChannelBits(int inputBits, Rational[] bias)
        {
            int[] bits = [.. bias.Select(b => b.IsZero ? int.MinValue : b.FractionBits)];
            for (var w = 0; w < Codes.Length; w++)
            {
                int o = _outputOf(w);
                bits[o] = Codes[w].IsZero ? bits[o] : Math.Max(bits[o], inputBits + Codes[w].FractionBits);
            }

            return [.. bits.Select(static b => b == int.MinValue ? 0 : b)];
        }
    }
}
