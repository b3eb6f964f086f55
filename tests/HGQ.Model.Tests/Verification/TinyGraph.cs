using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Tests.Verification;

/// <summary>Two signed inputs of 4 bits, y = 3·x0 − 2·x1 wrapped to 4 bits.</summary>
internal static class TinyGraph
{
    private static readonly FixedPointFormat Nibble = new(true, 3, 0);

    public static ModelGraph Create(long firstWeight = 3)
    {
        var input = TensorShape.Of(2);
        var weights = TensorFormat.Uniform(TensorShape.Of(2, 1), new FixedPointFormat(true, 3, 0));
        var quantizer = new QuantizerSpec(TensorFormat.Uniform(input, Nibble), RoundingMode.RoundHalfUp, OverflowMode.Wrap);
        var result = new QuantizerSpec(TensorFormat.Uniform(TensorShape.Of(1), Nibble), RoundingMode.RoundHalfUp, OverflowMode.Wrap);
        LayerNode[] layers =
        [
            new InputLayer("x", input),
            new QuantizeLayer("q", "x", quantizer),
            new DenseLayer("d", "q", new IntegerTensor(weights, new[] { firstWeight, -2L }), null, ActivationKind.Linear, result),
        ];
        return new ModelGraph("tiny", layers, new[] { new ModelOutput("y", "d") }, ModelMetadata.Empty);
    }

    /// <summary>All 256 samples.</summary>
    public static double[][] AllSamples() => [.. Enumerable.Range(-8, 16).SelectMany(a => Enumerable.Range(-8, 16).Select(b => new double[] { a, b }))];
}
