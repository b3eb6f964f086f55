using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <content>Layers as wide as those of trained networks, with the formats and weights that training leaves.</content>
internal sealed partial class RandomLayers
{
    private readonly List<Standardization> _preprocessing = [];

    /// <summary>An input port of many elements, standardised or not, with a quantizer behind it.</summary>
    public string WideInput(TensorShape shape)
    {
        string port = Add(new InputLayer(Name("x"), shape), shape);
        if (Chance(0.5))
        {
            bool same = Chance(0.3);
            double mean = Real(-20, 20), scale = Real(0.2, 300);
            string[] Decimals(Func<double> value) => [.. Enumerable.Range(0, shape.Size).Select(_ => value().ToString("R", CultureInfo.InvariantCulture))];
            _preprocessing.Add(new Standardization(port, Decimals(() => same ? mean : Real(-20, 20)), Decimals(() => same ? scale : Real(0.2, 300))));
        }

        return Add(new QuantizeLayer(Name("q"), port, NarrowQuantizer(shape, unsigned: Chance(0.5))), shape);
    }

    /// <summary>A dense layer over the last axis.</summary>
    /// <param name="input">The layer that is read.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="mostWeights">About how many weights may differ from 0.</param>
    /// <param name="quantized">Whether the result must have a quantizer.</param>
    public string WideDense(string input, int outputs, int mostWeights, bool quantized)
    {
        var shape = _shapes[input];
        var result = TensorShape.Of([.. shape.Dimensions.Take(shape.Rank - 1), outputs]);
        var kernel = TrainedWeights(TensorShape.Of(shape.Channels, outputs), mostWeights);
        var activation = Chance(0.7) ? ActivationKind.Relu : ActivationKind.Linear;
        var quantizer = quantized || Chance(0.5) ? NarrowQuantizer(result, activation == ActivationKind.Relu) : null;
        return Add(new DenseLayer(Name("dense"), input, kernel, Chance(0.8) ? TrainedBiases(outputs) : null, activation, quantizer), result);
    }

    /// <summary>A convolution over the leading axes with a quantizer; sometimes with a pool behind it.</summary>
    /// <param name="input">The layer that is read.</param>
    /// <param name="outputs">Number of channels of the result.</param>
    /// <param name="mostWeights">About how many weights may differ from 0.</param>
    public string WideConv(string input, int outputs, int mostWeights)
    {
        var shape = _shapes[input];
        int spatial = shape.Rank - 1;
        var window = Enumerable.Range(0, spatial).Select(axis => Between(1, int.Min(spatial == 1 ? 9 : 5, shape[axis]))).ToArray();
        var strides = window.Select(_ => Chance(0.7) ? 1 : 2).ToArray();
        int[] ones = [.. window.Select(_ => 1)];
        var padding = (PaddingKind)Between(0, spatial == 1 ? 2 : 1);
        var output = window.Select((size, axis) => WindowGeometry.OutputSize(shape[axis], size, strides[axis], 1, padding)).Append(outputs);
        var result = new TensorShape(output.ToArray());
        var kernel = TrainedWeights(TensorShape.Of([.. window, shape.Channels, outputs]), mostWeights);
        var bias = Chance(0.8) ? TrainedBiases(outputs) : null;
        string conv = Add(
            new ConvLayer(Name("conv"), input, kernel, bias, strides, ones, padding, 1, ActivationKind.Relu, NarrowQuantizer(result, Chance(0.8)), Chance(0.5) ? 1 : Between(1, result.Size / outputs)), result);
        if (Chance(0.5) || Enumerable.Range(0, spatial).Any(axis => result[axis] < 2))
        {
            return conv;
        }

        int[] twos = [.. window.Select(_ => 2)];
        var pooled = TensorShape.Of([.. Enumerable.Range(0, spatial).Select(axis => result[axis] / 2), outputs]);
        return Add(new PoolLayer(Name("pool"), conv, Chance(0.7) ? PoolKind.Max : PoolKind.Average, twos, twos, PaddingKind.Valid, Chance(0.5) ? NarrowQuantizer(pooled, true) : null), pooled);
    }

    /// <summary>All elements of a layer as one axis.</summary>
    public string Flat(string input)
    {
        var shape = TensorShape.Of(_shapes[input].Size);
        return _shapes[input] == shape ? input : Add(new ReshapeLayer(Name("flatten"), input, shape), shape);
    }

    // 0 to 8 bits, most of them few; the same for all, for a channel, or for each element.
    private QuantizerSpec NarrowQuantizer(TensorShape shape, bool unsigned)
    {
        int period = Between(0, 3) switch { 0 => 1, 1 => shape.Channels, _ => shape.Size };
        int most = Chance(0.4) ? Between(1, 2) : Between(1, 8), fractionBits = Between(-1, 5), spread = Chance(0.5) ? 0 : Between(1, 3);
        double dead = period == 1 ? 0 : Chance(0.5) ? 0.05 : 0.5;
        bool mixed = Chance(0.2);
        var pattern = Enumerable.Range(0, period).Select(_ =>
        {
            bool signed = mixed ? Chance(0.5) : !unsigned;
            int width = Chance(dead) ? 0 : period == 1 ? most : Between(1, most), fraction = fractionBits + Between(-spread, spread);
            return new FixedPointFormat(signed, width - fraction - (signed ? 1 : 0), fraction);
        }).ToArray();
        var rounding = Between(0, 9) switch { < 5 => RoundingMode.RoundHalfUp, < 7 => RoundingMode.Truncate, 7 => RoundingMode.RoundHalfEven, _ => Draw(Modes.Roundings) };
        var overflow = Between(0, 9) switch { < 5 => OverflowMode.Wrap, < 8 => OverflowMode.Saturate, 8 => OverflowMode.SaturateSymmetric, _ => OverflowMode.SaturateToZero };
        return new QuantizerSpec(new TensorFormat(shape, Enumerable.Range(0, shape.Size).Select(e => pattern[e % period]).ToArray()), rounding, overflow);
    }

    // Of training with widths for each weight (small ones round to 0), of one sign bit each, of bytes, of any bits.
    private IntegerTensor TrainedWeights(TensorShape shape, int mostWeights)
    {
        double density = double.Min(Math.Pow(50, _random.NextDouble()) / 50, (double)mostWeights / shape.Size);
        int kind = Between(0, 5), most = Between(1, 9), fractionBits = Between(0, 6), lowest = Chance(0.5) ? fractionBits : Between(0, fractionBits);
        double size = Real(0.1, 1);
        bool[] dead = [.. Enumerable.Range(0, shape.Channels).Select(_ => Chance(0.05))];
        return Weights(shape, e => !Chance(density) || dead[e % shape.Channels] ? (0, 0) : kind switch
        {
            0 => (Chance(0.5) ? 1 : -1, fractionBits),
            1 => (Between(-128, 127), fractionBits),
            2 => (Signed(Between(1, most)), Between(lowest, fractionBits)),
            _ => Rounded(Normal() * size, Between(lowest, fractionBits)),
        });
    }

    private IntegerTensor TrainedBiases(int count)
    {
        int most = Between(1, 9), fractionBits = Between(0, 5);
        return Weights(TensorShape.Of(count), _ => Chance(0.2) ? (0, 0) : (Signed(Between(1, most)), fractionBits + Between(-2, 2)));
    }

    private static IntegerTensor Weights(TensorShape shape, Func<int, (int Raw, int FractionBits)> weight)
    {
        var drawn = Enumerable.Range(0, shape.Size).Select(weight).ToArray();
        var formats = Array.ConvertAll(drawn, w => FixedPointFormat.ForInterval(RawInterval.Point(w.Raw), w.FractionBits));
        return new IntegerTensor(new TensorFormat(shape, formats), Array.ConvertAll(drawn, w => (long)w.Raw));
    }

    private int Signed(int bits) => (Chance(0.5) ? 1 : -1) * Between(1 << (bits - 1), (1 << bits) - 1);

    private static (int Raw, int FractionBits) Rounded(double value, int fractionBits)
        => (Math.Clamp((int)Math.Round(Math.ScaleB(value, fractionBits)), -511, 511), fractionBits);

    // Irwin and Hall: twelve uniform numbers add up to a variance of 1, with the same bits on every machine.
    private double Normal() => Enumerable.Range(0, 12).Sum(_ => _random.NextDouble()) - 6;

    private double Real(double low, double high) => low + ((high - low) * _random.NextDouble());
}
