using System;
using System.Linq;
using System.Text.Json;
using HGQ.Testing;

namespace HGQ.Import.Tests;

/// <summary>Published ONNX models: the recorded results, or the integers whose multiples they are.</summary>
public sealed class RecordedOnnxTests
{
    [GoldenFact]
    public void Qonnx_with_powers_of_two()
    {
        var model = new RecordedModel("qonnx_jettagging", ["qkeras_jettagging.onnx"],
            new ImportOptions { Input = InputFormat.Parse("fixed<16,6>") });
        Assert.Equal("QONNX", model.Result.Source);
        Assert.Equal(model.Numbers("logits"), model.Values());
    }

    [GoldenFact]
    public void Qonnx_with_channels_last_and_a_slope()
    {
        var model = new RecordedModel(
            "onnx_sepconv", ["separable_conv_model_ch_last.onnx"], new ImportOptions { Shape = [12, 12, 3] }, "expected.json.gz");
        Assert.Equal(model.Numbers("outputs"), model.Values());
    }

    [GoldenTheory]
    [InlineData("TFC_2W2A.onnx", "expected.json")]
    [InlineData("TFC_1W1A.onnx", "expected_TFC_1W1A.json")]
    public void Brevitas(string file, string expected)
        => CheckScaled(new RecordedModel("qonnx_tfc", [file], expected: expected), "outputs");

    [GoldenFact]
    public void Qonnx_with_scales_by_channel() => CheckScaled(new RecordedModel("qonnx_kws", ["kwsmlp_w3a3.onnx"]), "outputs");

    [GoldenTheory]
    [InlineData("conv_qdq_s8s8")]
    [InlineData("conv_qdq_s8s8_perchannel")]
    [InlineData("conv_qdq_u8u8")]
    public void Qdq(string name)
    {
        var model = new RecordedModel("ort_qdq_conv", [name + ".onnx"], expected: $"expected_{name}.json.gz");
        Assert.Equal("ONNX QDQ", model.Result.Source);
        Assert.Equal(model.Numbers("codes_exact").Select(static row => row.Select(static x => (long)x).ToArray()), model.Raw());
    }

    // Results are integers times a scale: the nearest integer is the model's, and the quotient is that integer but for the rounding of a
    // double.
    private static void CheckScaled(RecordedModel model, string outputs)
    {
        using JsonDocument scales = JsonDocument.Parse(model.Result.Graph.Metadata.Find("outputScales")!);
        JsonElement output = scales.RootElement.EnumerateObject().Single().Value;
        double[] scale = Numbers(output.GetProperty("scale")), offset = Numbers(output.GetProperty("offset"));
        double[][] expected = model.Numbers(outputs), values = model.Values();
        for (var n = 0; n < expected.Length; n++)
        {
            for (var e = 0; e < expected[n].Length; e++)
            {
                double quotient = (expected[n][e] - offset[e % offset.Length]) / scale[e % scale.Length];
                Assert.Equal(Math.Round(quotient), values[n][e]);
                Assert.InRange(quotient - values[n][e], -1e-9, 1e-9);
            }
        }
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(
        static text => double.Parse(text.GetString()!, System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture))];
}
