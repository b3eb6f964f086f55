using System;
using System.Text;
using HGQ.Testing;

namespace HGQ.Import.Tests;

/// <summary>Configurations of hls4ml say what the inputs are.</summary>
public sealed class Hls4mlConfigurationTests
{
    [Fact]
    public void Precisions_of_the_model_and_of_layers()
    {
        using var files = new KerasFiles();
        Hls4mlConfiguration config = Read(files, """
            HLSConfig:
              Model:
                Precision: ap_fixed<16,6>
              LayerName:
                x:
                  Precision:
                    result: ap_ufixed<8,0,AP_RND_CONV,AP_SAT>
                relu:
                  Precision: auto
            """);
        Assert.Equal(InputFormat.Parse("fixed<16,6>"), config.Default);
        Assert.Equal(InputFormat.Parse("ufixed<8,0,RND_CONV,SAT>"), Assert.Single(config.Layers).Value);
    }

    [Theory]
    [InlineData("Model: 1", "no member HLSConfig")]
    [InlineData("a: [", "config.yml(2,1)")]
    [InlineData("HLSConfig:\n  Model:\n    Precision: float", "(3,16)")]
    [InlineData("", "no member HLSConfig")]
    public void Bad_files(string text, string part)
    {
        using var files = new KerasFiles();
        Assert.Contains(part, Assert.Throws<ImportException>(() => Read(files, text)).Message, StringComparison.Ordinal);
    }

    [GoldenFact]
    public void A_published_configuration_makes_a_published_model_exact()
    {
        Hls4mlConfiguration config = Hls4mlConfiguration.Read(SharedVectors.Find("models", "qkeras_3layer", "qkeras_3layer_config.yml"));
        var model = new RecordedModel("qkeras_3layer", ["qkeras_3layer.json", "qkeras_3layer_weights.h5"],
            new ImportOptions { Inputs = config.Layers });
        Assert.Equal(model.Numbers("logits"), model.Values());
    }

    private static Hls4mlConfiguration Read(KerasFiles files, string text)
        => Hls4mlConfiguration.Read(files.Bytes("config.yml", Encoding.UTF8.GetBytes(text)));
}
