using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// The reference model of the figures: 16-64-32-32-5, relu, weights of up to 4 bits of which 55 % are not 0, 8-bit activations.
/// Weights are random and seeded; <c>dotnet run -- models</c> writes the committed file anew.
/// </summary>
internal static class JetsModel
{
    private const double Density = 0.55;
    private static readonly int[] Sizes = [16, 64, 32, 32, 5];

    public static ModelGraph Create() => Dense("jets", Sizes, seed: 1);

    public static ModelGraph Dense(string name, int[] sizes, int seed)
    {
        var random = new Random(seed);
        var layers = new LayerNode[sizes.Length + 1];
        layers[0] = new InputLayer("features", TensorShape.Of(sizes[0]));
        layers[1] = new QuantizeLayer("quantize", "features", Quantizer(sizes[0], new FixedPointFormat(true, 3, 4), OverflowMode.Saturate));
        for (var n = 1; n < sizes.Length; n++)
        {
            bool last = n == sizes.Length - 1;
            var quantizer = last ? null : Quantizer(sizes[n], new FixedPointFormat(false, 4, 4), OverflowMode.Wrap);
            layers[n + 1] = new DenseLayer(
                "dense" + (char)('0' + n),
                layers[n].Name,
                Constants(TensorShape.Of(sizes[n - 1], sizes[n]), new FixedPointFormat(true, 0, 3), () => Weight(random)),
                Constants(TensorShape.Of(sizes[n]), new FixedPointFormat(true, 2, 5), () => random.Next(-60, 61)),
                last ? ActivationKind.Linear : ActivationKind.Relu,
                quantizer);
        }

        return new ModelGraph(name, layers, new[] { new ModelOutput("scores", layers[^1].Name) }, ModelMetadata.Empty);
    }

    private static long Weight(Random random)
    {
        int magnitude = random.Next(1, 8);
        return random.NextDouble() >= Density ? 0 : random.Next(2) == 0 ? magnitude : -magnitude;
    }

    private static IntegerTensor Constants(TensorShape shape, FixedPointFormat format, Func<long> next)
        => new(TensorFormat.Uniform(shape, format), Enumerable.Range(0, shape.Size).Select(_ => next()).ToArray());

    private static QuantizerSpec Quantizer(int size, FixedPointFormat format, OverflowMode overflow)
        => new(TensorFormat.Uniform(TensorShape.Of(size), format), RoundingMode.RoundHalfUp, overflow);
}
