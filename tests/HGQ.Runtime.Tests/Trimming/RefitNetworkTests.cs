using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Simulation;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Trimming;
using HGQ.Runtime.Trimming.Refit;
using TorchSharp;

namespace HGQ.Runtime.Tests.Trimming;

public sealed class RefitNetworkTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(0, 12).Select(static s => (ulong)s)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_imported_and_exported_again_computes_the_same(ulong seed)
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(seed, 400);
        // Formats that fit the rows (a network in training does not wrap), and no weights of constants.
        var trimmer = new ModelTrimmer(Saturated(graph), samples);
        trimmer.Sweep(new TrimSweep(0, seed));
        ModelGraph traced = trimmer.Graph;

        using HgqSequential network = RefitNetwork.Of(traced);
        network.@double();
        double[] reals = [.. samples.Features.Select(static x => (double)x)];
        using torch.Tensor features = torch.tensor(reals, [samples.Count, samples.SampleSize], torch.float64);
        MinmaxTracer.TraceMinmax(network, features);
        ModelGraph again = ModelExporter.Export(network, new ExportOptions { Name = traced.Name });

        Assert.Equal(traced.Layers.Select(static l => l.Name), again.Layers.Select(static l => l.Name));
        Assert.Equal(GraphOutputs.Of(traced, samples.Features), GraphOutputs.Of(again, samples.Features));
        Assert.Equal(Lowerer.Lower(traced).Ebops, Lowerer.Lower(again).Ebops);
    }

    // An input port that wraps keeps its margin for unseen values, which tracing does not know of.
    private static ModelGraph Saturated(ModelGraph graph) => graph with
    {
        Layers = (LayerNode[])[.. graph.Layers.Select(static node => node is QuantizeLayer input
            ? input with { Quantizer = input.Quantizer with { Overflow = OverflowMode.Saturate } }
            : node)],
    };

    [Fact]
    public void A_slack_of_half_a_bit_would_round_to_one()
    {
        (ModelGraph graph, _) = RandomChain.Classifier(1, 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => RefitNetwork.Of(graph, 0.5));
    }
}
