using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Emission;
using HGQ.Model;
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

/// <summary>Exported files, evaluated by ONNX Runtime, against the interpreter: integer by integer.</summary>
public sealed class OnnxExportTests
{
    [Fact]
    public void Random_dense_models_are_equal() => Compare(RandomGraphs.Dense, models: 60, leastExported: 30);

    [Fact]
    public void Random_models_of_all_layers_are_equal() => Compare(RandomGraphs.Any, models: 150, leastExported: 70);

    [Fact]
    public void Small_random_models_are_equal() => Compare(RandomGraphs.Small, models: 100, leastExported: 80);

    [Theory]
    [InlineData("samples", "Inference", "pendigits.hgq.json")]
    [InlineData("samples", "models", "letter-5805.hgq.json")]
    [InlineData("benchmarks", "HGQ.Benchmarks", "Models", "jets.hgq.json")]
    [InlineData("benchmarks", "HGQ.Benchmarks", "Models", "mnist_cnn.hgq.json")]
    [InlineData("benchmarks", "HGQ.Benchmarks", "Models", "mnist_mlp.hgq.json")]
    public void Models_of_the_repository_are_equal(params string[] path)
        => Assert.True(IsEqual(ModelReader.ReadFile(RepositoryRoot.Combine(path)), seed: 1));

    [Fact]
    public void Each_rounding_and_overflow_of_the_input_is_equal()
    {
        foreach (RoundingMode rounding in Modes.Roundings)
        {
            foreach (OverflowMode overflow in Modes.Overflows)
            {
                ModelGraph graph = Quantizer(new FixedPointFormat(true, 2, 2), rounding, overflow);
                var program = Lowerer.Lower(graph);
                double[][] samples = [.. Enumerable.Range(-200, 401).SelectMany(static n =>
                    new[] { n / 8.0, MathF.BitIncrement(n / 8f), MathF.BitDecrement(n / 8f) }).Select(static x => new[] { x })];
                AssertEqual(program, OnnxExporter.Write(graph), samples, $"{rounding} {overflow}");
            }
        }
    }

    [Fact]
    public void Denormal_inputs_are_equal_and_only_truncation_sees_their_sign()
    {
        double[] tiny = [float.Epsilon, 1.0e-40f, MathF.BitDecrement(1.17549435e-38f), 1.17549435e-38f];
        double[][] samples = [.. tiny.Concat(tiny.Select(static x => -x)).Select(static x => new[] { x })];
        foreach (RoundingMode rounding in Modes.Roundings)
        {
            foreach (FixedPointFormat format in new FixedPointFormat[] { new(true, 2, 2), new(true, -10, 30) })
            {
                ModelGraph graph = Quantizer(format, rounding, OverflowMode.Saturate);
                IntegerProgram program = Lowerer.Lower(graph);
                AssertEqual(program, OnnxExporter.Write(graph), samples, $"{rounding} {format}");

                // An evaluator that takes them for 0 differs where this does.
                var interpreter = new ReferenceInterpreter(program);
                long atZero = interpreter.Predict([0])[0];
                Assert.All(samples, sample => Assert.Equal(
                    rounding == RoundingMode.Truncate && sample[0] < 0 ? atZero - 1 : atZero, interpreter.Predict(sample)[0]));
            }
        }
    }

    [Fact]
    public void A_sum_that_float32_can_not_hold_is_refused_by_its_layer()
    {
        ModelGraph Sum(int bits) => new("wide",
            new LayerNode[]
            {
                new InputLayer("x", TensorShape.Of(2)),
                new QuantizeLayer("q", "x", Spec(2, new FixedPointFormat(false, bits, 0), RoundingMode.Truncate, OverflowMode.Saturate)),
                new DenseLayer("narrow", "q", Kernel([2, 1], 3, 1), null, ActivationKind.Linear, null),
            },
            new[] { new ModelOutput("y", "narrow") }, ModelMetadata.Empty);

        Assert.NotEmpty(OnnxExporter.Write(Sum(22)));
        var refusal = Assert.Throws<OnnxExportException>(() => OnnxExporter.Write(Sum(23)));
        Assert.Equal("narrow", refusal.Layer);
        Assert.Contains("33554428", refusal.Problem);
        Assert.Contains("another back end", refusal.Problem);
    }

    [Fact]
    public void A_quantizer_that_float32_can_not_hold_is_refused_by_its_layer()
    {
        ModelGraph Wide(OverflowMode mode) => Quantizer(new FixedPointFormat(true, 15, 16), RoundingMode.RoundHalfEven, mode);
        Assert.Equal("q", Assert.Throws<OnnxExportException>(() => OnnxExporter.Write(Wide(OverflowMode.Wrap))).Layer);
        Assert.Equal("q", Assert.Throws<OnnxExportException>(() => OnnxExporter.Write(Wide(OverflowMode.Saturate))).Layer);
    }

    [Fact]
    public void Only_operators_of_onnx_itself_are_used_and_the_bytes_repeat()
    {
        ModelGraph graph = RandomGraphs.Any(3);
        byte[] file = OnnxExporter.Write(graph);
        Assert.Equal(file, OnnxExporter.Write(graph));
        var model = global::Onnx.ModelProto.Parser.ParseFrom(file);
        Assert.Equal((OnnxExporter.Producer, 17L), (model.ProducerName, model.OpsetImport.Single().Version));
        Assert.All(model.Graph.Node, static node => Assert.Equal("", node.Domain));
    }

    private static void Compare(Func<int, ModelGraph> create, int models, int leastExported)
    {
        int exported = Enumerable.Range(0, models).Count(seed => IsEqual(create(seed), seed));
        Assert.True(exported >= leastExported, $"only {exported} of {models} models could be exported");
    }

    // False where the export refuses the model: random ones have sums of up to 64 bits.
    private static bool IsEqual(ModelGraph graph, int seed)
    {
        IntegerProgram program = Lowerer.Lower(graph);
        byte[] file;
        try
        {
            file = OnnxExporter.Write(graph);
        }
        catch (OnnxExportException refusal)
        {
            Assert.Contains(graph.Layers, layer => layer.Name == refusal.Layer);
            return false;
        }

        double[][] samples = [.. RandomGraphs.Samples(graph, seed, 12), .. InputCorners.Generate(program).Select(static s => s.Value),
            .. Codes(program, seed)];
        AssertEqual(program, file, samples, $"{graph.Name}, seed {seed}");
        return true;
    }

    private static void AssertEqual(IntegerProgram program, byte[] file, double[][] samples, string name)
    {
        using var model = new OnnxRuntimeModel(file, program);
        double[][] singles = [.. samples.Select(static sample => sample.Select(static x => (double)(float)x).ToArray())];
        var interpreter = new ReferenceInterpreter(program);
        foreach ((double[] sample, long[] found) in singles.Zip(model.Run(singles)))
        {
            long[] expected = interpreter.Predict(sample);
            Assert.True(expected.SequenceEqual(found),
                $"{name}: {string.Join(" ", expected)} expected, {string.Join(" ", found)} found, of {string.Join(" ", sample)}");
        }
    }

    // Corners and random codes, as the reals that have them.
    private static IEnumerable<double[]> Codes(IntegerProgram program, int seed)
    {
        QuantizeInputInstruction[] ports = [.. program.CodePorts];
        bool isPlain = ports.Select(static port => port.Input).SequenceEqual(Enumerable.Range(0, program.Inputs.Length))
            && program.Inputs.All(static input => input.Standardization is null);
        FixedPointFormat[] formats = [.. ports.SelectMany(port => program.Buffers[port.Destination].Formats)];
        return !isPlain ? [] : CornerVectors.Generate(program, new CornerOptions(Seed: (ulong)seed, Random: 64, OneHot: 8))
            .Select(corner => corner.Codes.Select((code, e) => FixedPointArithmetic.ToDouble(code, formats[e])).ToArray());
    }

    private static ModelGraph Quantizer(FixedPointFormat format, RoundingMode rounding, OverflowMode overflow) => new("quantizer",
        new LayerNode[] { new InputLayer("x", TensorShape.Of(1)), new QuantizeLayer("q", "x", Spec(1, format, rounding, overflow)) },
        new[] { new ModelOutput("y", "q") }, ModelMetadata.Empty);

    private static QuantizerSpec Spec(int size, FixedPointFormat format, RoundingMode rounding, OverflowMode overflow)
        => new(TensorFormat.Uniform(TensorShape.Of(size), format), rounding, overflow);

    private static IntegerTensor Kernel(int[] shape, params long[] raw) => new(
        TensorFormat.Uniform(TensorShape.Of(shape), new FixedPointFormat(true, 4, 0)), new EquatableArray<long>(raw));
}
