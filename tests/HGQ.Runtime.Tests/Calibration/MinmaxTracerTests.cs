using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using HGQ.Runtime.Tests.Training;
using TorchSharp;

namespace HGQ.Runtime.Tests.Calibration;

public class MinmaxTracerTests
{
    // 3 weights of at most 2 bits stay far below 2^24; 4,096 products of values and weights with 9 fraction bits each do not.
    [Theory]
    [InlineData(3, 2, false, false)]
    [InlineData(4096, 9, false, true)]
    [InlineData(4096, 9, true, false)]
    public void Sums_that_float32_may_round_are_told(long features, double fractionBits, bool wide, bool told)
    {
        QuantizerConfig bits = QuantizerConfig.DefaultPreActivation with { InitBw = fractionBits };
        using var model = new HgqSequential(
            [features],
            new HQuantize(bits),
            new HDense(2, kq: QuantizerConfig.DefaultKernel with { InitBw = fractionBits + 2 }, name: "sums"));
        if (wide)
        {
            model.@double();
        }

        var warnings = new List<string>();
        MinmaxTracer.TraceMinmax(model, new Seeded(1).Normal(torch.float32, 20, features), warning: warnings.Add);
        Assert.Equal(told, warnings.Exists(text => text.Contains("sums adds up to", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_batch_norm_that_float32_folds_is_told()
    {
        using var model = new HgqSequential([3], new HQuantize(), new HDenseBatchNorm(2, name: "norm"));
        var warnings = new List<string>();
        MinmaxTracer.TraceMinmax(model, new Seeded(1).Normal(torch.float32, 20, 3), warning: warnings.Add);
        Assert.Contains("The layer norm folds a batch norm", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static readonly SampleSet Samples = Blobs.Samples(500, 4);

    [Fact]
    public void Ranges_are_those_of_the_quantized_values_whatever_the_batch()
    {
        using HgqSequential model = Blobs.Network();
        using torch.Tensor data = torch.tensor(Samples.Features, [Samples.Count, Blobs.Features]);
        TraceResult whole = MinmaxTracer.TraceMinmax(model, data, 500, predictions: true);
        HgqQuantizer input = Quantizer(model, "quantize");
        float[] max = input.Max.data<float>().ToArray();
        for (int f = 0; f < Blobs.Features; f++)
        {
            // Four fraction bits, rounded half up.
            double largest = Enumerable.Range(0, 500).Max(s => Samples.Features[(s * Blobs.Features) + f]);
            Assert.Equal(Math.Floor((largest * 16) + 0.5) / 16, max[f]);
        }

        TraceResult parts = MinmaxTracer.TraceMinmax(model, data, 33);
        Assert.Equal(max, input.Max.data<float>().ToArray());
        Assert.Equal(whole.Ebops, parts.Ebops);
        Assert.Equal(500 * Blobs.Classes, whole.Predictions!.Length);
        Assert.Null(parts.Predictions);
    }

    [Fact]
    public void Ebops_are_counted_by_layer_and_equal_those_of_the_exported_program()
    {
        using HgqSequential model = Blobs.Network();
        using torch.Tensor data = torch.tensor(Samples.Features, [Samples.Count, Blobs.Features]);
        TraceResult trace = MinmaxTracer.TraceMinmax(model, data);
        Assert.Equal(["quantize", "dense1", "dense2"], trace.Layers.Select(static l => l.Layer));
        Assert.Equal(trace.Ebops, trace.Layers.Sum(static l => l.Ebops));
        ModelGraph graph = ModelExporter.Export(model, new ExportOptions());
        Assert.Equal(trace.Ebops, Lowerer.Lower(graph).Ebops);
    }

    [Fact]
    public void A_cover_factor_widens_about_the_middle_onto_the_grid()
    {
        using HgqSequential model = Blobs.Network();
        using torch.Tensor data = torch.tensor(Samples.Features, [Samples.Count, Blobs.Features]);
        MinmaxTracer.TraceMinmax(model, data);
        HgqQuantizer input = Quantizer(model, "quantize");
        (float[] min, float[] max) = (input.Min.data<float>().ToArray(), input.Max.data<float>().ToArray());
        string? warning = null;
        MinmaxTracer.TraceMinmax(model, data, coverFactor: 1.5, warning: w => warning = w);
        Assert.Null(warning);
        for (int f = 0; f < Blobs.Features; f++)
        {
            double middle = (min[f] + max[f]) / 2;
            double half = (max[f] - min[f]) / 2 * 1.5;
            Assert.Equal(Math.Floor(((middle + half) * 16) + 0.5) / 16, input.Max.data<float>()[f]);
            Assert.Equal(Math.Floor(((middle - half) * 16) + 0.5) / 16, input.Min.data<float>()[f]);
        }
    }

    [Fact]
    public void A_cover_factor_below_1_warns_and_one_of_0_is_refused()
    {
        using HgqSequential model = Blobs.Network();
        using torch.Tensor data = torch.tensor(Samples.Features, [Samples.Count, Blobs.Features]);
        string? warning = null;
        MinmaxTracer.TraceMinmax(model, data, coverFactor: 0.9, warning: w => warning = w);
        Assert.Contains("below 1", warning);
        Assert.Throws<ArgumentOutOfRangeException>(() => MinmaxTracer.TraceMinmax(model, data, coverFactor: 0));
    }

    [Fact]
    public void The_mode_of_the_model_stays()
    {
        using HgqSequential model = Blobs.Network();
        using torch.Tensor data = torch.tensor(Samples.Features, [Samples.Count, Blobs.Features]);
        model.train();
        MinmaxTracer.TraceMinmax(model, data);
        Assert.True(model.training);
    }

    private static HgqQuantizer Quantizer(HgqSequential model, string layer) =>
        Assert.IsType<HgqQuantizer>(Assert.Single(model[layer].Quantizers));
}
