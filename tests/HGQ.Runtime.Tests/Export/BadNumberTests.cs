using System;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Export;

public class BadNumberTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Data_that_are_no_numbers_are_refused_with_sample_and_element(double value, string says)
    {
        using var model = new HgqSequential([2, 3], new HQuantize(), new PFlatten(), new HDense(2));
        using torch.Tensor data = new Seeded(1).Normal(torch.ScalarType.Float32, 40, 2, 3);
        data[33, 1, 2] = torch.tensor((float)value);
        string message = Assert.Throws<ArgumentException>(() => MinmaxTracer.TraceMinmax(model, data, batchSize: 7)).Message;
        Assert.Contains("Sample 33", message, StringComparison.Ordinal);
        Assert.Contains("'x'", message, StringComparison.Ordinal);
        Assert.Contains($"{says} as element 5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_is_no_number_is_refused_with_layer_name_and_element()
    {
        using var model = new HgqSequential([3], new HQuantize(), new HDense(2, name: "lost"), new HDense(2));
        ExportCheck.Export(model);
        using (torch.no_grad())
        {
            ((KernelLayer)model["lost"]).Bias![1] = torch.tensor(float.NaN);
        }

        var e = Assert.Throws<ExportException>(() => ModelExporter.Export(model, new ExportOptions()));
        Assert.Equal("lost", e.Layer);
        Assert.Contains("element 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("'bias'", e.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", e.Message, StringComparison.Ordinal);
        Assert.Contains("smaller learning rate", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_get_a_margin_of_their_own_in_both_families()
    {
        foreach (IQuantizerConfig config in new IQuantizerConfig[] { QuantizerConfig.DefaultPreActivation, FixedPointQuantizerConfig.DefaultActivation })
        {
            using var model = new HgqSequential([3], new HQuantize(config, "q"), new HDense(2, paq: config, name: "d"));
            using torch.Tensor data = new Seeded(2).Normal(torch.ScalarType.Float32, 100, 3);
            int[] Bits(string layer) => ((QuantizedOutputLayer)model[layer]).ActivationQuantizer.ExactActivationBits(posOnly: false).IntegerBits;
            MinmaxTracer.TraceMinmax(model, data);
            var (port, inner) = (Bits("q"), Bits("d"));
            MinmaxTracer.TraceMinmax(model, data, inputCoverFactor: 4);
            Assert.Equal(Array.ConvertAll(port, static i => i + 2), Bits("q"));
            Assert.Equal(inner, Bits("d"));
        }
    }
}
