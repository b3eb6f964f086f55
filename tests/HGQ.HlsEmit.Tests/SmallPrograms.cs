using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Tests;

/// <summary>Programs of one layer, small enough to be read.</summary>
internal static partial class SmallPrograms
{
    internal static readonly FixedPointFormat Input = new(true, 2, 3);
    private static readonly FixedPointFormat Unsigned = new(false, 2, 2);

    /// <summary>3 inputs, 2 outputs, relu.</summary>
    public static IntegerProgram Dense() => Dense(Input, weight: 12);

    /// <summary>The same with other inputs and another weight of the second output.</summary>
    public static IntegerProgram Dense(FixedPointFormat input, long weight) => Lower(
        [3],
        input,
        new DenseLayer("layer", "q", Constants([3, 2], 3, -5, 0, weight, -16, 7), Constants([2], 4, -3), ActivationKind.Relu, To([2], Unsigned, OverflowMode.Saturate)));

    /// <summary>4 inputs, 3 outputs, relu: the layer whose folded form the documents explain.</summary>
    public static IntegerProgram Wide() => Lower([4], new DenseLayer(
        "layer", "q", Constants([4, 3], 3, -5, 0, 2, -16, 7, 11, 0, -6, -9, 13, 4), Constants([3], 4, -3, 6), ActivationKind.Relu,
        To([3], Unsigned, OverflowMode.Saturate)));

    /// <summary>A convolution over 6 positions with padding.</summary>
    public static IntegerProgram Convolution() => Lower([6, 2], ConvolutionLayer());

    /// <summary>The layer of <see cref="Convolution"/>, all positions at once.</summary>
    public static ConvLayer ConvolutionLayer(int positions = 6) => new(
        "layer",
        "q",
        Constants([3, 2, 2], 1, -2, 3, 0, 5, -6, 7, 1, 0, 2, -1, 4),
        null,
        new[] { 1 },
        new[] { 1 },
        PaddingKind.Same,
        1,
        ActivationKind.Linear,
        To([positions, 2], Input, OverflowMode.Wrap),
        positions);

    /// <summary>A table of 16 entries for 3 elements.</summary>
    public static IntegerProgram Table()
    {
        var index = new FixedPointFormat(true, 1, 2);
        var table = new LookupTable(index, new FixedPointFormat(true, 1, 3), Enumerable.Range(0, 16).Select(n => (long)((n * 5 % 16) - 8)).ToArray());
        return Lower([3], index, new TableLayer("layer", "q", new[] { table }, new[] { 0 }, null));
    }

    /// <summary>Maximum over windows of 2.</summary>
    public static IntegerProgram Pool() => Lower([6, 2], new PoolLayer("layer", "q", PoolKind.Max, new[] { 2 }, new[] { 2 }, PaddingKind.Valid, null));

    /// <summary>The maximum of many inputs: a port of so many elements.</summary>
    public static IntegerProgram LongInput(int length) =>
        Lower([length, 1], new PoolLayer("layer", "q", PoolKind.Max, new[] { length }, new[] { length }, PaddingKind.Valid, null));

    /// <summary>Difference of a tensor and its requantized self.</summary>
    public static IntegerProgram Subtract() => Lower(
        [2],
        new QuantizeLayer("coarse", "q", To([2], new FixedPointFormat(true, 2, 0), OverflowMode.SaturateSymmetric, RoundingMode.RoundHalfEven)),
        new AddLayer("layer", new[] { "q", "coarse" }, new[] { false, true }, null));

    /// <summary>x · xᵀ.</summary>
    public static IntegerProgram MatMul() => Lower([2, 3], new MatMulLayer("layer", "q", "q", true, null));

    /// <summary>Hard limits.</summary>
    public static IntegerProgram Clamp() => Lower([2], new ClampLayer("layer", "q", -2, 6, 2, null));

    /// <summary>An input quantizer and the layers behind it, lowered.</summary>
    public static IntegerProgram Lower(int[] shape, params LayerNode[] layers) => Lower(shape, Input, layers);

    /// <summary>An input quantizer of a format and the layers behind it, lowered.</summary>
    public static IntegerProgram Lower(int[] shape, FixedPointFormat input, params LayerNode[] layers) => Lowerer.Lower(AnyModel.Graph(
        "small",
        new LayerNode[] { new InputLayer("x", TensorShape.Of(shape)), new QuantizeLayer("q", "x", To(shape, input, OverflowMode.Saturate)) }.Concat(layers),
        layers.Length == 0 ? "q" : layers[^1].Name));

    /// <summary>A quantizer with one format.</summary>
    public static QuantizerSpec To(int[] shape, FixedPointFormat format, OverflowMode overflow, RoundingMode rounding = RoundingMode.RoundHalfUp) =>
        new(TensorFormat.Uniform(TensorShape.Of(shape), format), rounding, overflow);

    /// <summary>Constants with 3 fraction bits.</summary>
    public static IntegerTensor Constants(int[] shape, params long[] raw) =>
        new(TensorFormat.Uniform(TensorShape.Of(shape), new FixedPointFormat(true, 3, 3)), raw);
}
