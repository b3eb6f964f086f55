using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using HGQ.Model.Serialization;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Simulation;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Export;

/// <summary>Traces a small model with widths far apart, exports it, and compares its integers with float64 inference.</summary>
internal static class ExportCheck
{
    private const int Samples = 120;

    /// <summary>The export, after all comparisons; the first layer of a sequential model quantizes the input.</summary>
    public static ModelGraph Sequential(long[] shape, params HLayer[] layers)
    {
        using var model = new HgqSequential(shape, [new HQuantize(name: "q"), .. layers]);
        return Agrees(model);
    }

    /// <summary>The export, after all comparisons.</summary>
    public static ModelGraph Graph(HInput port, params HLayer[] outputs)
    {
        using var model = new HgqGraphModel("graph", [port], outputs);
        return Agrees(model);
    }

    /// <summary>Traces with seeded data and exports.</summary>
    public static ModelGraph Export(HgqModel model, ExportOptions? options = null)
    {
        TraceResult trace = MinmaxTracer.TraceMinmax(model, Data(model));
        ModelGraph graph = ModelExporter.Export(model, options ?? new ExportOptions());
        if (options is not { ArgmaxOnly: true })
        {
            CostsTheSame(trace, graph);
        }

        return graph;
    }

    // What training says that a layer costs is what is counted in the exported model, to the last digit.
    private static void CostsTheSame(TraceResult trace, ModelGraph graph) => Assert.Equal(
        trace.Layers.Where(static layer => layer.Ebops != 0).ToDictionary(static layer => layer.Layer, static layer => layer.Ebops),
        ModelInspection.Of(graph).Layers.Where(static layer => layer.Ebops != 0).ToDictionary(static layer => layer.Name, static layer => layer.Ebops));

    /// <summary>The export of a model, after all comparisons; the model becomes float64 and gets other widths.</summary>
    public static ModelGraph Agrees(HgqModel model)
    {
        model.InitializeWeights(new Seeded(8).Uniform);
        model.@double();
        Scatter(model);
        ModelGraph graph = Export(model);
        using torch.Tensor joined = torch.cat([.. Data(model).Select(static t => t.flatten(1))], 1).contiguous();
        float[] samples = joined.data<float>().ToArray();
        FloatVerification found = FloatVerifier.Verify(model, graph, samples);
        Assert.Null(found.FirstMismatch);
        Assert.Null(found.FirstOverflow);
        Assert.Equal((Samples, 0L), (found.Samples, found.Mismatches));
        Assert.Equal(graph, ModelReader.Read(ModelWriter.Write(graph)));

        // Not by being all the same.
        Assert.True(GraphOutputs.Of(graph, samples).Distinct().Count() > 4);
        return graph;
    }

    private static torch.Tensor[] Data(HgqModel model)
    {
        var random = new Seeded(5);
        return [.. model.InputPorts.Select(port => random.Normal(torch.ScalarType.Float32, [Samples, .. port.OutputShape]))];
    }

    private static void Scatter(HgqModel model)
    {
        using IDisposable noGradient = torch.no_grad();
        var random = new Seeded(6);
        foreach (HgqQuantizer quantizer in model.Quantizers.OfType<HgqQuantizer>())
        {
            // As far as a table behind it allows.
            double[] widths = [.. Enumerable.Range(0, (int)quantizer.Fbw.numel()).Select(_ => random.Uniform() * Math.Min(6, quantizer.BwClip.Max))];
            using torch.Tensor values = torch.tensor(widths, quantizer.Fbw.shape);
            quantizer.Fbw.copy_(values);
        }

        foreach (FixedPointQuantizer quantizer in model.Quantizers.OfType<FixedPointQuantizer>())
        {
            bool kbi = quantizer.Config.Parametrisation == Parametrisation.Kbi;
            torch.Tensor trained = kbi ? quantizer.Bits : quantizer.FractionBits;
            double[] widths = [.. Enumerable.Range(0, (int)trained.numel()).Select(_ => (random.Uniform() * Math.Min(6, quantizer.Config.FractionLimits.Max)) + (kbi ? 2 : 0))];
            using torch.Tensor values = torch.tensor(widths, trained.shape);
            trained.copy_(values);
        }

        foreach (KernelLayer layer in model.Layers.OfType<KernelLayer>())
        {
            layer.Bias?.copy_(random.Normal(torch.ScalarType.Float64, layer.Bias.shape));
        }
    }
}
