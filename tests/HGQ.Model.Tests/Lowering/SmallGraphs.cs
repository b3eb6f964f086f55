using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Tests.Lowering;

/// <summary>Models of one or two layers, written by hand.</summary>
internal static class SmallGraphs
{
    public static FixedPointFormat S(int integerBits, int fractionBits) => new(true, integerBits, fractionBits);

    public static FixedPointFormat U(int integerBits, int fractionBits) => new(false, integerBits, fractionBits);

    public static QuantizerSpec Quantizer(RoundingMode rounding, OverflowMode overflow, params FixedPointFormat[] formats)
        => new(new TensorFormat(TensorShape.Of(formats.Length), formats), rounding, overflow);

    public static IntegerTensor Constants(int fractionBits, int rows, params long[] raw)
    {
        var shape = rows == 0 ? TensorShape.Of(raw.Length) : TensorShape.Of(rows, raw.Length / rows);
        var formats = raw.Select(r => FixedPointFormat.ForInterval(RawInterval.Point(r), fractionBits)).ToArray();
        return new IntegerTensor(new TensorFormat(shape, formats), raw);
    }

    public static ModelGraph Of(params LayerNode[] layers)
        => new("small", layers, new[] { new ModelOutput("y", layers[^1].Name) }, ModelMetadata.Empty);

    public static LayerNode[] Input(params FixedPointFormat[] formats) =>
    [
        new InputLayer("x", TensorShape.Of(formats.Length)),
        new QuantizeLayer("q", "x", Quantizer(RoundingMode.RoundHalfUp, OverflowMode.Saturate, formats)),
    ];

    public static DenseLayer Dense(string name, string input, IntegerTensor kernel, IntegerTensor? bias, QuantizerSpec? quantizer, ActivationKind activation = ActivationKind.Linear)
        => new(name, input, kernel, bias, activation, quantizer);
}
