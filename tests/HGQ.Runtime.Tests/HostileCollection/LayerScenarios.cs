using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>Every kind of layer, with quantizers of both families: steps of training, calibration, export, verification.</summary>
internal static class LayerScenarios
{
    private const int Samples = 16;
    private const int Outputs = 3;

    private static readonly (string Name, IQuantizerConfig Kernel, IQuantizerConfig Activation)[] Families =
    [
        ("hgq", QuantizerConfig.DefaultKernel with { Regularizer = new MonoL1() }, QuantizerConfig.DefaultPreActivation),
        ("kif", FixedPointQuantizerConfig.DefaultKernel, FixedPointQuantizerConfig.DefaultActivation),
        ("kbi", Kbi(), Kbi() with { SkipDims = SkipDims.Batch }),
    ];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. from network in LayerNetworks.All
           from family in Families
           from fused in new[] { true, false }
           select new Scenario(
               $"{network.Name} {family.Name} {(fused ? "fused" : "operators")}",
               transcript => Run(network.Description, family.Kernel, family.Activation, fused, EbopsCount.Products, transcript)),
        .. from network in LayerNetworks.All
           select new Scenario(
               $"{network.Name} hgq2 count",
               transcript => Run(network.Description, Families[0].Kernel, Families[0].Activation, true, EbopsCount.Hgq2, transcript)),
    ];

    private static FixedPointQuantizerConfig Kbi() => new()
    {
        Parametrisation = Parametrisation.Kbi,
        Overflow = OverflowMode.SaturateSymmetric,
        Regularizer = new MonoL1(),
    };

    private static void Run(
        string description, IQuantizerConfig kernel, IQuantizerConfig activation, bool fused, EbopsCount count, Transcript transcript)
    {
        NetworkDescription network = DescriptionReader.Parse("network.json", description);
        int[][] shapes = [.. network.Ports.Select(port => port.Shape!.Select(n => (int)n).ToArray())];
        int features = shapes.Sum(shape => shape.Aggregate(1, (a, b) => a * b));
        using HgqGraphModel model = network.Build(features, Outputs, kernel, activation);
        (model.UseFusedPasses, model.Count) = (fused, count);
        model.SetBeta(1e-4);
        float[] samples = Numbers(Samples * features);
        Train(model, samples, shapes, transcript);
        model.ToFloat64();
        using DisposeScope scope = torch.NewDisposeScope();
        TraceResult traced = MinmaxTracer.TraceMinmax(model, Ports(samples, shapes), batchSize: 7, coverFactor: 1.25, predictions: true);
        transcript.Add(traced.Predictions);
        transcript.Add([traced.Ebops, .. traced.Layers.Select(layer => layer.Ebops)]);
        ModelGraph graph = ModelExporter.Export(model, new ExportOptions());
        transcript.Add(ModelWriter.Write(graph));
        FloatVerification verified = FloatVerifier.Verify(model, graph, samples);
        transcript.Add(verified.ToString());
    }

    private static void Train(HgqGraphModel model, float[] samples, int[][] shapes, Transcript transcript)
    {
        var adam = new HgqAdam(model.parameters(), learningRate: 0.01);
        model.train();
        for (int step = 0; step < 3; step++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor outputs = model.Forward(Ports(samples, shapes))[0];
            torch.Tensor loss = outputs.Square().Mean([0L, 1L]).Add(model.EbopsLoss());
            adam.ZeroGradients();
            loss.Backward();
            transcript.Add(outputs);
            transcript.Add(loss);
            foreach ((string name, Parameter parameter) in model.named_parameters())
            {
                transcript.Add(name);
                transcript.Add(parameter.Gradient() ?? NewTensor.Zeros([]));
            }

            adam.Step();
        }
    }

    private static torch.Tensor[] Ports(float[] samples, int[][] shapes)
    {
        torch.Tensor rows = NewTensor.Of(samples, [Samples, samples.Length / Samples]);
        var ports = new torch.Tensor[shapes.Length];
        int start = 0;
        for (int p = 0; p < ports.Length; p++)
        {
            int size = shapes[p].Aggregate(1, (a, b) => a * b);
            ports[p] = rows.Narrow(1, start, size).Reshape([Samples, .. shapes[p].Select(n => (long)n)]).Contiguous();
            start += size;
        }

        return ports;
    }

    // On a grid of 1/2, so that a signature holds them, too.
    private static float[] Numbers(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(-6, 7) / 2f)];
    }
}
