using System;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.Generators.Tests.Emission;

/// <summary>The text of one layer's kernel; <c>HGQ_UPDATE_GOLDENS=1</c> writes the files anew.</summary>
public class GoldenTests
{
    [Fact]
    public void A_small_dense_layer() => AssertGolden("dense", Model(new DenseLayer(
        "dense",
        "q",
        Constants(TensorShape.Of(3, 2), 3, -5, 0, 4, 7, -2),
        Constants(TensorShape.Of(2), 9, -1),
        ActivationKind.Relu,
        Quantizer(2, OverflowMode.Saturate))));

    [Fact]
    public void A_requantize_with_every_step() => AssertGolden("requantize", Model(new QuantizeLayer("again", "q", Quantizer(3, OverflowMode.Wrap))));

    private static ModelGraph Model(LayerNode layer) => new(
        "golden",
        new LayerNode[]
        {
            new InputLayer("x", TensorShape.Of(3)),
            new QuantizeLayer("q", "x", new QuantizerSpec(TensorFormat.Uniform(TensorShape.Of(3), new FixedPointFormat(true, 3, 4)), RoundingMode.RoundHalfUp, OverflowMode.Saturate)),
            layer,
        },
        new[] { new ModelOutput("y", layer.Name) },
        ModelMetadata.Empty);

    private static QuantizerSpec Quantizer(int size, OverflowMode overflow)
        => new(TensorFormat.Uniform(TensorShape.Of(size), new FixedPointFormat(true, 2, 1)), RoundingMode.RoundHalfEven, overflow);

    private static IntegerTensor Constants(TensorShape shape, params long[] raw)
        => new(TensorFormat.Uniform(shape, new FixedPointFormat(true, 3, 3)), new EquatableArray<long>(raw));

    private static void AssertGolden(string name, ModelGraph graph)
    {
        string source = CSharpEmitter.Emit(Lowerer.Lower(graph), new CSharpOptions("Golden", "Model"));
        string[] lines = source.Split('\n');
        int first = Array.FindIndex(lines, line => line.Contains("_256(ref byte scratch)"));
        int last = Array.FindIndex(lines, first, line => line.Contains("Run_256"));
        string kernel = string.Join('\n', lines[(first - 2)..last]) + "\n";
        string path = RepositoryRoot.Combine("tests", "HGQ.Generators.Tests", "Emission", "Golden", name + ".cs.txt");
        GoldenText.AssertEqual(path, kernel);
        EngineComparison.AssertEqual(Lowerer.Lower(graph), new RandomModels(5).Reals(40 * 3), name);
    }
}
