using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// Layers of benchmark models with random, seeded weights: 4 bits (raw −7 to 7), half of them 0, 8-bit activations. The kernel's
/// fraction bits are chosen by the number of inputs, so that sums fill the range of the activations as they do after training.
/// </summary>
internal sealed class RandomLayers(int seed)
{
    private const double Density = 0.5;
    private static readonly FixedPointFormat Activations = new(false, 4, 4);
    private readonly Random _random = new(seed);

    public static QuantizeLayer Input(string name, string input, TensorShape shape, FixedPointFormat format)
        => new(name, input, new QuantizerSpec(TensorFormat.Uniform(shape, format), RoundingMode.RoundHalfUp, OverflowMode.Saturate));

    /// <summary>Dense with relu and an 8-bit quantizer; the last layer of a model has neither.</summary>
    public DenseLayer Dense(string name, string input, int inputs, int outputs, bool last = false) => new(
        name,
        input,
        Kernel(TensorShape.Of(inputs, outputs), inputs),
        Bias(outputs),
        last ? ActivationKind.Linear : ActivationKind.Relu,
        last ? null : Output(TensorShape.Of(outputs)));

    /// <summary>Convolution with a square kernel, stride 1, no padding, relu and an 8-bit quantizer.</summary>
    public ConvLayer Conv(string name, string input, int size, int channels, int window, int outputs) => new(
        name,
        input,
        Kernel(TensorShape.Of(window, window, channels, outputs), window * window * channels),
        Bias(outputs),
        new[] { 1, 1 },
        new[] { 1, 1 },
        PaddingKind.Valid,
        1,
        ActivationKind.Relu,
        Output(TensorShape.Of(size - window + 1, size - window + 1, outputs)),
        1);

    /// <summary>Maximum over 2 × 2.</summary>
    public static PoolLayer Pool(string name, string input) => new(name, input, PoolKind.Max, new[] { 2, 2 }, new[] { 2, 2 }, PaddingKind.Valid, null);

    private static QuantizerSpec Output(TensorShape shape) => new(TensorFormat.Uniform(shape, Activations), RoundingMode.RoundHalfUp, OverflowMode.Wrap);

    // A sum of n terms grows with the root of n.
    private IntegerTensor Kernel(TensorShape shape, int inputs)
    {
        int fraction = (int)Math.Round(Math.Log2(4.5 * Math.Sqrt(Density * inputs)));
        return Constants(shape, new FixedPointFormat(true, 3 - fraction, fraction), Weight);
    }

    private IntegerTensor Bias(int outputs) => Constants(TensorShape.Of(outputs), new FixedPointFormat(true, 2, 5), () => _random.Next(-60, 61));

    private long Weight()
    {
        int magnitude = _random.Next(1, 8);
        return _random.NextDouble() >= Density ? 0 : _random.Next(2) == 0 ? magnitude : -magnitude;
    }

    private static IntegerTensor Constants(TensorShape shape, FixedPointFormat format, Func<long> next)
        => new(TensorFormat.Uniform(shape, format), Enumerable.Range(0, shape.Size).Select(_ => next()).ToArray());
}
