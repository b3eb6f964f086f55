using System;
using System.Linq;
using HGQ.Import.Emission;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.Import.Tests;

/// <summary>
/// Files with Quant nodes, read back by our own importer: equal numbers for every sample; and evaluated by ONNX Runtime, which knows these
/// nodes by the functions in the file.
/// </summary>
public sealed class QonnxExportTests
{
    [Fact]
    public void Random_dense_models_are_equal() => Compare(RandomGraphs.Dense, models: 60, leastExported: 30, leastRun: 15);

    [Fact]
    public void Random_models_of_all_layers_are_equal() => Compare(RandomGraphs.Any, models: 150, leastExported: 30, leastRun: 10);

    [Fact]
    public void Small_random_models_are_equal() => Compare(RandomGraphs.Small, models: 100, leastExported: 40, leastRun: 30);

    [Theory]
    [InlineData("samples", "Inference", "pendigits.hgq.json")]
    [InlineData("samples", "models", "letter-5805.hgq.json")]
    [InlineData("samples", "models", "letter-6349.hgq.json")]
    [InlineData("samples", "models", "letter-8647.hgq.json")]
    [InlineData("samples", "models", "pendigits-1336.hgq.json")]
    [InlineData("samples", "models", "pendigits-2074.hgq.json")]
    [InlineData("benchmarks", "HGQ.Benchmarks", "Models", "jets.hgq.json")]
    [InlineData("benchmarks", "HGQ.Benchmarks", "Models", "mnist_mlp.hgq.json")]
    [InlineData("benchmarks", "HGQ.Benchmarks", "Models", "mnist_cnn.hgq.json")]
    public void Models_of_the_repository_are_equal(params string[] path)
        => Assert.True(Check(ModelReader.ReadFile(RepositoryRoot.Combine(path)), seed: 1).Exported);

    [GoldenFact]
    public void Published_models_that_were_imported_are_equal()
    {
        ImportOptions fixed16 = new() { Input = InputFormat.Parse("ap_fixed<16,6>") };
        foreach (RecordedModel model in new RecordedModel[]
        {
            new("qkeras_3layer", ["qkeras_3layer.json", "qkeras_3layer_weights.h5"], fixed16),
            new("qkeras_mnist_cnn", ["qkeras_mnist_cnn.json", "qkeras_mnist_cnn_weights.h5"],
                new ImportOptions { Input = InputFormat.Parse("ufixed<8,0>") }),
            new("hgq1_jet", ["hgq_jet_classifier.h5"]), new("hgq1_mnist", ["hgq_mnist_heterogeneous.h5"]),
            new("hgq2_jsc", ["epoch=64427-test_acc=74.98.keras"]),
            new("hgq2_jsc_openml", ["epoch=199491-val_acc=0.733-ebops=530-val_loss=0.831.keras"]),
        })
        {
            Assert.True(Check(model.Result.Graph, seed: 1).Exported, model.Result.Graph.Name);
            AssertEqual(model.Result.Graph, model.Numbers("inputs"), HoldsFloats(model.Result.Graph), model.Result.Graph.Name);
        }
    }

    [Fact]
    public void Each_rounding_and_overflow_of_the_input_is_equal()
    {
        foreach (RoundingMode rounding in Modes.Roundings)
        {
            foreach (OverflowMode overflow in Modes.Overflows)
            {
                FixedPointFormat[] formats = [new(true, 2, 2), new(false, 3, 1), new(true, 1, 3)];
                var spec = new QuantizerSpec(new TensorFormat(TensorShape.Of(3), formats), rounding, overflow);
                ModelGraph graph = Quantizer(spec);
                double[][] samples = [.. Enumerable.Range(-200, 401).SelectMany(static n =>
                    new[] { n / 8.0, MathF.BitIncrement(n / 8f), MathF.BitDecrement(n / 8f) }).Select(static x => new[] { x, x, x })];
                AssertEqual(graph, samples, run: true, $"{rounding} {overflow}");
            }
        }
    }

    [Fact]
    public void Quantizers_that_qonnx_has_are_quant_nodes()
    {
        foreach ((RoundingMode rounding, OverflowMode overflow, string type) in new[]
        {
            (RoundingMode.RoundHalfEven, OverflowMode.Saturate, "Quant"), (RoundingMode.Truncate, OverflowMode.SaturateSymmetric, "Quant"),
            (RoundingMode.RoundHalfUp, OverflowMode.Saturate, "RoundHalfUp_Saturate"),
            (RoundingMode.RoundHalfEven, OverflowMode.Wrap, "RoundHalfEven_Wrap"),
        })
        {
            var spec = new QuantizerSpec(TensorFormat.Uniform(TensorShape.Of(2), new FixedPointFormat(true, 2, 2)), rounding, overflow);
            ModelGraph graph = Quantizer(spec);
            var model = global::Onnx.ModelProto.Parser.ParseFrom(OnnxExporter.Write(graph, OnnxFlavor.Qonnx));
            global::Onnx.NodeProto node = Assert.Single(model.Graph.Node, static n => n.Domain.Length > 0);
            Assert.Equal((type, type == "Quant" ? "qonnx.custom_op.general" : "hgq.quantizers"), (node.OpType, node.Domain));
        }
    }

    [Fact]
    public void What_has_no_node_is_refused_by_its_layer()
    {
        ModelGraph[] graphs =
            [.. Enumerable.Range(0, 60).Select(RandomGraphs.Any).Where(static g => g.Layers.Any(static l => l is TableLayer))];
        OnnxExportException[] refusals = [.. graphs.Select(static graph
            => Assert.Throws<OnnxExportException>(() => OnnxExporter.Write(graph, OnnxFlavor.Qonnx)))];
        Assert.Contains(refusals, static refusal => refusal.Message.Contains("tables have no operator in QONNX", StringComparison.Ordinal));
    }

    private static ModelGraph Quantizer(QuantizerSpec spec) => new("quantizer",
        new LayerNode[] { new InputLayer("x", spec.Format.Shape), new QuantizeLayer("q", "x", spec) },
        new[] { new ModelOutput("y", "q") }, ModelMetadata.Empty);

    private static void Compare(Func<int, ModelGraph> create, int models, int leastExported, int leastRun)
    {
        (bool Exported, bool Run)[] found = [.. Enumerable.Range(0, models).Select(seed => Check(create(seed), seed))];
        (int exported, int run) = (found.Count(static f => f.Exported), found.Count(static f => f.Run));
        Assert.True(exported >= leastExported && run >= leastRun, $"of {models} models {exported} were written, {run} of them run");
    }

    // Not written where there is no node for a layer; run where float32 holds all sums.
    private static (bool Exported, bool Run) Check(ModelGraph graph, int seed)
    {
        IntegerProgram program = Lowerer.Lower(graph);
        double[][] samples = [.. RandomGraphs.Samples(graph, seed, 12), .. InputCorners.Generate(program).Select(static s => s.Value)];
        try
        {
            _ = OnnxExporter.Write(graph, OnnxFlavor.Qonnx);
        }
        catch (OnnxExportException refusal)
        {
            Assert.Contains(graph.Layers, layer => layer.Name == refusal.Layer);
            return (false, false);
        }

        bool run = HoldsFloats(graph);
        AssertEqual(graph, samples, run, $"{graph.Name}, seed {seed}");
        return (true, run);
    }

    private static bool HoldsFloats(ModelGraph graph)
    {
        try
        {
            return OnnxExporter.Write(graph).Length > 0;
        }
        catch (OnnxExportException)
        {
            return false;
        }
    }

    private static void AssertEqual(ModelGraph graph, double[][] samples, bool run, string name)
    {
        byte[] file = OnnxExporter.Write(graph, OnnxFlavor.Qonnx);
        using var files = new KerasFiles();
        IntegerProgram program = Lowerer.Lower(graph);
        var expected = new ReferenceInterpreter(program);
        var found = new ReferenceInterpreter(Lowerer.Lower(
            ModelImporter.Import([files.Bytes("model.onnx", file)], new ImportOptions()).Graph));
        double[][] singles = [.. samples.Select(static sample => sample.Select(static x => (double)(float)x).ToArray())];
        foreach (double[] sample in singles)
        {
            double[] wanted = expected.Values(sample), got = found.Values(sample);
            Assert.True(wanted.SequenceEqual(got), $"{name}: {string.Join(" ", wanted)} expected, {string.Join(" ", got)} found");
        }

        if (run)
        {
            using var model = new OnnxRuntimeModel(file, program);
            foreach ((double[] sample, long[] raw) in singles.Zip(model.Run(singles)))
            {
                long[] wanted = expected.Predict(sample);
                Assert.True(wanted.SequenceEqual(raw),
                    $"{name}: {string.Join(" ", wanted)} expected of ONNX Runtime, {string.Join(" ", raw)} found");
            }
        }
    }
}
