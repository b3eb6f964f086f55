using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Simulation;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Tests.Training;
using TorchSharp;

namespace HGQ.Runtime.Tests.Export;

public class ExportTests
{
    private static readonly SampleSet Traced = Blobs.Samples(300, 4);

    [Fact]
    public void Trained_model_and_integers_agree_in_every_element()
    {
        using HgqSequential model = Ragged(7);
        ModelGraph graph = Export(model, new ExportOptions());
        FloatVerification found = FloatVerifier.Verify(model, graph, Traced.Features);
        Assert.Equal(0, found.Mismatches);
        Assert.Null(found.FirstMismatch);
        Assert.Equal(0, found.OverflowSamples);
        Assert.Equal((300, 900L), (found.Samples, found.Elements));
    }

    [Fact]
    public void Overflow_is_shown_apart_with_the_place_it_starts()
    {
        using HgqSequential model = Ragged(7);
        ModelGraph graph = Export(model, new ExportOptions());
        float[] wild = [.. Traced.Features.Select(static x => 10 * x)];
        FloatVerification found = FloatVerifier.Verify(model, graph, wild);
        Assert.Equal(0, found.Mismatches);
        Assert.True(found.OverflowSamples > 100);
        Assert.Equal("quantize", found.FirstOverflow!.Layer);
    }

    [Fact]
    public void A_changed_weight_is_found_with_layer_and_element()
    {
        using HgqSequential model = Ragged(7);
        ModelGraph graph = Export(model, new ExportOptions());
        LayerNode[] layers = graph.Layers.ToArray();
        var dense = (DenseLayer)layers[2];
        long[] raw = dense.Kernel.Raw.ToArray();
        int index = Array.FindIndex(raw, static w => Math.Abs(w) > 2);
        raw[index] = 0;
        layers[2] = dense with { Kernel = dense.Kernel with { Raw = raw } };
        FloatVerification found = FloatVerifier.Verify(model, graph with { Layers = layers }, Traced.Features);
        Assert.Equal("dense1", found.FirstMismatch!.Layer);
        Assert.Equal(index % 8, found.FirstMismatch.Element);
    }

    [Theory]
    [InlineData(1, OverflowMode.Wrap, 1)]
    [InlineData(2, OverflowMode.Wrap, 4)]
    [InlineData(3, OverflowMode.Saturate, 4)]
    [InlineData(4, OverflowMode.SaturateSymmetric, 4)]
    public void The_simulator_equals_the_interpreter_also_where_values_overflow(ulong seed, OverflowMode overflow, int stretch)
    {
        using HgqSequential model = Ragged(seed);
        ModelGraph graph = Export(model, new ExportOptions { Overflow = overflow, InputOverflow = overflow });
        float[] samples = [.. Blobs.Samples(203, seed + 100).Features.Select(x => stretch * x)];
        GraphSimulator simulator = Assert.IsType<GraphSimulator>(GraphSimulator.TryCreate(graph));
        double[] found = simulator.Evaluate(samples);
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(graph));
        for (int s = 0; s < 203; s++)
        {
            double[] sample = [.. samples.Skip(s * Blobs.Features).Take(Blobs.Features).Select(static x => (double)x)];
            Assert.Equal(interpreter.Decode(interpreter.Predict(sample)), found[(s * Blobs.Classes)..((s + 1) * Blobs.Classes)]);
        }

        Assert.True(stretch == 1 || simulator.Overflows.Sum(static o => o.Count) > 0);
    }

    [Fact]
    public void The_simulator_refuses_sums_that_float64_cannot_hold()
    {
        using HgqSequential model = Ragged(1);
        ModelGraph graph = Export(model, new ExportOptions());
        LayerNode[] layers = graph.Layers.ToArray();
        var dense = (DenseLayer)layers[2];
        FixedPointFormat[] formats = dense.Kernel.Format.Elements.ToArray();
        long[] raw = dense.Kernel.Raw.ToArray();
        (formats[0], raw[0]) = (new FixedPointFormat(true, 1, 20), 1);
        (formats[8], raw[8]) = (new FixedPointFormat(true, 31, 0), 1L << 30);
        layers[2] = dense with { Kernel = new IntegerTensor(dense.Kernel.Format with { Elements = formats }, raw) };
        Assert.Null(GraphSimulator.TryCreate(graph with { Layers = layers }));
        Assert.Equal(900, GraphOutputs.Of(graph with { Layers = layers }, Traced.Features).Length);
    }

    [Fact]
    public void Input_ports_get_their_own_overflow_and_margin()
    {
        using HgqSequential model = Blobs.Network();
        ModelGraph tight = Export(model, new ExportOptions());
        var options = new ExportOptions { Overflow = OverflowMode.Saturate, InputOverflow = OverflowMode.Wrap, InputMarginBits = 2 };
        ModelGraph wide = ModelExporter.Export(model, options);
        QuantizerSpec port = wide.Layers.OfType<QuantizeLayer>().Single().Quantizer;
        QuantizerSpec traced = tight.Layers.OfType<QuantizeLayer>().Single().Quantizer;
        Assert.Equal(OverflowMode.Wrap, port.Overflow);
        Assert.Equal(RoundingMode.RoundHalfUp, port.Rounding);
        Assert.All(port.Format.Elements.Zip(traced.Format.Elements), static p => Assert.Equal(p.Second.IntegerBits + 2, p.First.IntegerBits));
        Assert.All(wide.Layers.OfType<DenseLayer>(), static l => Assert.Equal(OverflowMode.Saturate, l.Quantizer!.Overflow));
    }

    [Fact]
    public void An_export_reads_back_from_its_file_text()
    {
        using HgqSequential model = Ragged(3);
        ModelGraph graph = Export(model, new ExportOptions { Name = "blobs" });
        Assert.Equal(graph, ModelReader.Read(ModelWriter.Write(graph)));
    }

    [Fact]
    public void A_model_that_was_not_traced_is_refused_by_layer()
    {
        using HgqSequential model = Blobs.Network();
        var e = Assert.Throws<ExportException>(() => ModelExporter.Export(model, new ExportOptions()));
        Assert.Equal("quantize", e.Layer);
        Assert.Contains("TraceMinmax", e.Message);
    }

    // Widths far apart, some of them 0 or less.
    private static HgqSequential Ragged(ulong seed)
    {
        HgqSequential model = NetworkBuilder.Build(Blobs.Recipe, Blobs.Features, Blobs.Classes, seed);
        var random = new DeterministicRandom(seed, 9);
        foreach (HgqQuantizer quantizer in model.Quantizers.OfType<HgqQuantizer>())
        {
            using IDisposable noGradient = torch.no_grad();
            float[] widths = [.. Enumerable.Range(0, (int)quantizer.Fbw.numel()).Select(_ => (float)((random.NextDouble() * 8) - 1))];
            using torch.Tensor values = torch.tensor(widths, quantizer.Fbw.shape);
            quantizer.Fbw.copy_(values);
        }

        return model;
    }

    private static ModelGraph Export(HgqSequential model, ExportOptions options)
    {
        using torch.Tensor data = torch.tensor(Traced.Features, [Traced.Count, Blobs.Features]);
        MinmaxTracer.TraceMinmax(model, data);
        return ModelExporter.Export(model, options);
    }
}
