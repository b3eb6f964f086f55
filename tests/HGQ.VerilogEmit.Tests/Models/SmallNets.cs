using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.VerilogEmit.Tests.Models;

/// <summary>Networks of a layer or two.</summary>
internal static class SmallNets
{
    private const string Layer = "dense";

    /// <summary>Four inputs, three outputs with relu: the layer of docs/verilog.md.</summary>
    public static ModelGraph Dense4x3 { get; } = Of(
        "tiny", [1, 2, 1, 0],
            new DenseLayer(Layer, "q", Weights(4, 3, 3, -2, 0, 1, 5, -1, 0, 2, 7, -4, 1, 3), null, ActivationKind.Relu, null));

    /// <summary>A table of an input of ten bits, which becomes a memory where tables are to be small.</summary>
    public static ModelGraph Table { get; } = Of("lookup", [7], new TableLayer(
        "table", "q", new[] { new LookupTable(new FixedPointFormat(true, 7, 2), new FixedPointFormat(true, 4, 2), Entries) }, new[] { 0 },
            null));

    /// <summary>Products of two variables.</summary>
    public static ModelGraph Product { get; } = new(
        "product",
        new LayerNode[]
        {
            new InputLayer("x", TensorShape.Of(3)), Quantized("q", "x", [2, 1, 3]), new InputLayer("z", TensorShape.Of(3)),
                Quantized("r", "z", [1, 2, 0]),
            new MultiplyLayer("m", "q", "r", null),
        },
        new[] { new ModelOutput("m", "m") },
        ModelMetadata.Empty);

    /// <summary>A filter of 3 × 3 over an image of 8 × 8, padded: the convolution of docs/verilog.md.</summary>
    public static ModelGraph Edge { get; } = new(
        "sobel",
        new LayerNode[]
        {
            new InputLayer("x", TensorShape.Of(8, 8, 1)),
            new QuantizeLayer("q", "x", Uniform(TensorShape.Of(8, 8, 1), new FixedPointFormat(false, 2, 0))),
            new ConvLayer(
                "conv", "q", Filter(1, 0, -1, 2, 0, -2, 1, 0, -1), null, new[] { 1, 1 }, new[] { 1, 1 }, PaddingKind.Same, 1,
                    ActivationKind.Relu,
                Uniform(TensorShape.Of(8, 8, 1), new FixedPointFormat(false, 4, 0)), 1),
        },
        new[] { new ModelOutput("y", "conv") },
        ModelMetadata.Empty);

    private static IntegerTensor Filter(params long[] raw) =>
        new(TensorFormat.Uniform(TensorShape.Of(3, 3, 1, 1), new FixedPointFormat(true, 2, 0)), raw);

    private static QuantizerSpec Uniform(TensorShape shape, FixedPointFormat format) =>
        new(TensorFormat.Uniform(shape, format), RoundingMode.Truncate, OverflowMode.Saturate);

    private static long[] Entries => [.. Enumerable.Range(0, 1024).Select(n => (long)((n * n / 7 % 128) - 64))];

    /// <summary>Lowers a graph.</summary>
    public static IntegerProgram Lower(ModelGraph graph) => Lowerer.Lower(graph);

    /// <summary>The model whose file damages are tested with.</summary>
    public static IntegerProgram Usual { get; } = Lower(HGQ.Model.Serialization.ModelReader.Read(SmallModel.Text));

    private static ModelGraph Of(string name, int[] integerBits, LayerNode layer) => new(
        name,
        new[] { new InputLayer("x", TensorShape.Of(integerBits.Length)), Quantized("q", "x", integerBits), layer },
        new[] { new ModelOutput("y", layer.Name) },
        ModelMetadata.Empty);

    private static QuantizeLayer Quantized(string name, string from, int[] integerBits) => new(name, from, new QuantizerSpec(
        new TensorFormat(TensorShape.Of(integerBits.Length), integerBits.Select(bits => new FixedPointFormat(true, bits, 2)).ToArray()),
        RoundingMode.RoundHalfUp,
        OverflowMode.Wrap));

    private static IntegerTensor Weights(int inputs, int outputs, params long[] raw) =>
        new(TensorFormat.Uniform(TensorShape.Of(inputs, outputs), new FixedPointFormat(true, 2, 1)), raw);
}
