using System;
using System.Linq;
using System.Text;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing;
using static HGQ.Import.Tests.KerasFiles;

namespace HGQ.Import.Tests;

/// <summary>Precisions of a configuration in place of the source's: computed here once more, conversion by conversion.</summary>
public sealed class Hls4mlPrecisionTests
{
    private const string Precisions = """
        HLSConfig:
          Model:
            Precision: ap_fixed<16,6>
          LayerName:
            x:
              Precision:
                result: ap_fixed<8,4>
            d:
              Precision:
                weight: ap_fixed<6,2>
                bias: ap_fixed<8,3,AP_RND>
                accum: ap_fixed<13,5>
                result: ap_fixed<9,4>
            d_relu:
              Precision:
                result: ap_ufixed<6,2,AP_RND_CONV,AP_SAT>
        """;

    private static readonly float[] Kernel = [0.7f, -1.3f, 1.99f, -0.26f, 2.2f, 0.03f], Bias = [0.17f, -1.72f];

    [Fact]
    public void Weights_sums_and_results_are_converted_as_hls_does()
    {
        using var files = new KerasFiles();
        ReferenceInterpreter model = Import(files, Precisions, new Layer("Dense", "d", "\"activation\":\"relu\"",
            ("kernel", [3, 2], Kernel), ("bias", [2], Bias)));
        var random = new Random(3);
        bool wrapped = false;
        for (var n = 0; n < 500; n++)
        {
            double[] x = [.. Enumerable.Range(0, 3).Select(_ => (random.NextDouble() - 0.5) * 20)];
            double[] wanted = [.. Enumerable.Range(0, 2).Select(o =>
            {
                double sum = Enumerable.Range(0, 3).Sum(i => Fixed(x[i], 8, 4) * Fixed(Kernel[(i * 2) + o], 6, 2))
                    + Wrap(Math.Floor((Bias[o] * 32) + 0.5) / 32, 8, 3);
                double result = Fixed(Fixed(sum, 13, 5), 9, 4);
                wrapped |= sum != Fixed(sum, 13, 5);
                return Math.Min(Math.Round(Math.Max(result, 0) * 16, MidpointRounding.ToEven) / 16, 63.0 / 16);
            })];
            Assert.Equal(wanted, model.Values(x));
        }

        Assert.True(wrapped, "no sum left the accumulator");
    }

    [Fact]
    public void A_named_result_takes_the_place_of_a_quantizer_and_others_keep_theirs()
    {
        using var files = new KerasFiles();
        Layer relu = Activation("\"quantized_relu(4, 1)\"");
        const string named = "HLSConfig:\n  LayerName:\n    a:\n      Precision: ap_fixed<8,3,AP_TRN,AP_SAT>\n";
        ReferenceInterpreter replaced = Import(files, named, relu);
        ReferenceInterpreter kept = Import(files, "HLSConfig:\n  Model:\n    Precision: auto\n", relu);
        Assert.Equal([2.71875, 0, 1.03125], replaced.Values(2.73, -1, 1.05));
        Assert.Equal([1.875, 0, 1], kept.Values(2.73, -1, 1.05));
    }

    [Theory]
    [InlineData("accum: ap_fixed<13,5>", "accum: ap_fixed<13,6>", "precision accum of the configuration: products and bias have 8")]
    [InlineData("accum: ap_fixed<13,5>", "accum: ap_fixed<13,5,AP_TRN,AP_SAT>", "precision accum of the configuration: sums can leave it")]
    [InlineData("accum: ap_fixed<13,5>", "table: ap_fixed<13,5>", "precision table of the configuration: it has no counterpart")]
    [InlineData("  LayerName:", "  LayerType:\n    Dense:\n      Precision: ap_fixed<8,2>\n  LayerName:", "LayerType")]
    public void What_can_not_be_applied_is_refused_by_layer_and_key(string part, string other, string message)
    {
        using var files = new KerasFiles();
        string precisions = Precisions.Replace(part, other, StringComparison.Ordinal);
        ImportException fault = Assert.Throws<ImportException>(() => Import(files, precisions,
            new Layer("Dense", "d", "\"activation\":\"relu\"", ("kernel", [3, 2], Kernel), ("bias", [2], Bias))));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(other[0] == ' ' ? "" : "d", fault.Layer);
    }

    [Fact]
    public void Layers_that_hls4ml_computes_in_its_own_steps_are_refused()
    {
        using var files = new KerasFiles();
        Layer layer = new("BatchNormalization", "n", "\"scale\":false,\"center\":false", ("moving_mean", [3], [0, 1, 2]),
            ("moving_variance", [3], [1, 1, 1]));
        Assert.Equal("n", Assert.Throws<ImportException>(() => Import(files, Precisions, layer)).Layer);
    }

    [GoldenFact]
    public void A_published_configuration_cuts_products_and_is_refused()
    {
        Hls4mlConfiguration config = Hls4mlConfiguration.Read(SharedVectors.Find("models", "qkeras_3layer", "qkeras_3layer_config.yml"));
        ImportException fault = Assert.Throws<ImportException>(() => new RecordedModel("qkeras_3layer",
            ["qkeras_3layer.json", "qkeras_3layer_weights.h5"], new ImportOptions { Inputs = config.Layers, Configuration = config }));
        Assert.Equal("fc1", fault.Layer);
        Assert.Contains("accum", fault.Message, StringComparison.Ordinal);
    }

    private static ReferenceInterpreter Import(KerasFiles files, string precisions, Layer layer)
    {
        Hls4mlConfiguration config = Hls4mlConfiguration.Read(files.Bytes("config.yml", Encoding.UTF8.GetBytes(precisions)));
        ImportOptions options = new() { Input = InputFormat.Parse("fixed<12,4>"), Inputs = config.Layers, Configuration = config };
        return new ReferenceInterpreter(Lowerer.Lower(ModelImporter.Import([files.H5(Input(3), layer)], options).Graph));
    }

    // Truncation and wrapping, the defaults of ap_fixed.
    private static double Fixed(double x, int width, int integer)
        => Wrap(Math.Floor(Math.ScaleB(x, width - integer)) * Math.ScaleB(1, integer - width), width, integer);

    private static double Wrap(double x, int width, int integer)
    {
        double range = Math.ScaleB(1, integer), step = Math.ScaleB(1, integer - width);
        double wrapped = x - (range * Math.Floor((x + (range / 2)) / range));
        return Math.Round(wrapped / step) * step;
    }
}
