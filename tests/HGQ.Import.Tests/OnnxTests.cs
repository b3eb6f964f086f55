using System;
using System.Linq;

namespace HGQ.Import.Tests;

/// <summary>Quantizers and layers of ONNX and QONNX, each against its definition written down once more.</summary>
public sealed class OnnxTests
{
    [Theory]
    [InlineData("ROUND")]
    [InlineData("HALF_EVEN")]
    [InlineData("FLOOR")]
    [InlineData("CEIL")]
    [InlineData("UP")]
    [InlineData("DOWN")]
    [InlineData("HALF_UP")]
    [InlineData("HALF_DOWN")]
    public void Roundings(string mode)
    {
        Func<double[], double[]> model = new OnnxFiles(1).Floats("s", [], 0.25f).Floats("z", [], 0).Floats("b", [], 4)
            .Node("Quant x s z b -> y", ("signed", 1), ("narrow", 1), ("rounding_mode", mode)).Run("s<2,5>");
        foreach (double x in Imported.Grid(-4, 4 - (1.0 / 32), 1.0 / 32))
        {
            double v = x / 0.25, a = Math.Abs(v);
            double rounded = mode switch
            {
                "FLOOR" => Math.Floor(v),
                "CEIL" => Math.Ceiling(v),
                "UP" => Math.Sign(v) * Math.Ceiling(a),
                "DOWN" => Math.Truncate(v),
                "HALF_UP" => Math.Sign(v) * Math.Floor(a + 0.5),
                "HALF_DOWN" => Math.Sign(v) * Math.Ceiling(a - 0.5),
                _ => Math.Round(v),
            };
            Assert.Equal(0.25 * Math.Clamp(rounded, -7, 7), model([x])[0]);
        }
    }

    [Fact]
    public void A_narrow_unsigned_quantizer_with_a_zero_point()
    {
        Func<double[], double[]> model = new OnnxFiles(1).Floats("s", [], 0.5f).Floats("z", [], 3).Floats("b", [], 4)
            .Node("Quant x s z b -> y", ("signed", 0), ("narrow", 1)).Run("s<3,4>");
        foreach (double x in Imported.Grid(-8, 7.9375, 0.0625))
        {
            Assert.Equal(0.5 * (Math.Round(Math.Clamp((x / 0.5) + 3, 0, 14)) - 3), model([x])[0]);
        }
    }

    [Fact]
    public void Bipolar_weights_and_activations()
    {
        Func<double[], double[]> model = new OnnxFiles(2).Floats("one", [], 1).Floats("w", [2, 1], -0.3f, 0)
            .Node("BipolarQuant w one -> q").Node("BipolarQuant x one -> a").Node("MatMul a q -> y").Run("s<2,3>");
        Assert.Equal([2], model([-1, 0]));
        Assert.Equal([0], model([1, 2]));
    }

    [Fact]
    public void Truncation_drops_the_lowest_bits()
    {
        Func<double[], double[]> model = new OnnxFiles(1).Floats("s", [], 0.125f).Floats("z", [], 0).Floats("b", [], 7).Floats("o", [], 4)
            .Node("Trunc x s z b o -> y", ("rounding_mode", "FLOOR")).Run("s<3,3>");
        foreach (double x in Imported.Grid(-8, 7.875, 0.125))
        {
            Assert.Equal(0.125 * Math.Floor(x / 0.125 / 8), model([x])[0]);
        }
    }

    [Fact]
    public void Thresholds_are_counted()
    {
        Func<double[], double[]> model = new OnnxFiles(1).Floats("t", [1, 3], -1.25f, 0.3f, 2)
            .Node("MultiThreshold x t -> y", ("out_scale", 2f), ("out_bias", -3f)).Run("s<2,4>");
        foreach (double x in Imported.Grid(-4, 3.9375, 0.0625))
        {
            Assert.Equal((2 * ((x >= -1.25 ? 1 : 0) + (x >= 0.3f ? 1 : 0) + (x >= 2 ? 1 : 0))) - 3, model([x])[0]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Quantized_dense_layers_with_a_clip_between(bool clips)
    {
        // int8 codes with zero points, scales that are no powers of two, the clip of QCDQ in the middle.
        OnnxFiles file = new OnnxFiles(2).Floats("sx", [], 0.1f).Integers("zx", 3, [], 5).Floats("sw", [2], 0.03f, 0.07f).Integers("zw",
            3, [2], 0, 0)
            .Integers("w", 3, [2, 2], 100, -50, 25, 127).Floats("sy", [], 0.37f).Integers("zy", 3, [], -7).Floats("lo", [],
                -20).Floats("hi", [], 30)
            .Node("QuantizeLinear x sx zx -> a").Node("DequantizeLinear a sx zx -> b").Node("DequantizeLinear w sw zw -> k", ("axis", 1))
            .Node("MatMul b k -> m").Node("QuantizeLinear m sy zy -> c");
        file = clips ? file.Node("Clip c lo hi -> d").Node("DequantizeLinear d sy zy -> y") : file.Node("DequantizeLinear c sy zy -> y");
        Func<double[], double[]> model = file.Run();
        foreach (int n in Enumerable.Range(0, 400))
        {
            double[] x = [((n * 37 % 255) - 127) * 0.1, ((n * 91 % 255) - 127) * 0.1];
            double[] q = [.. x.Select(static v => Math.Clamp(Math.Round((double)((float)v / 0.1f)) + 5, -128, 127) - 5)];
            double[] sums = [((q[0] * 100) + (q[1] * 25)) * (0.1f * (double)0.03f), ((q[0] * -50) + (q[1] * 127)) * (0.1f * (double)0.07f)];
            double[] codes = [.. sums.Select(s => Math.Clamp(Math.Round(s / 0.37f) - 7, clips ? -20 : -128, clips ? 30 : 127) + 7)];
            Assert.Equal(codes, model(x));
        }
    }

    [Fact]
    public void Sums_of_tensors_with_unlike_scales_are_exact()
    {
        OnnxFiles file = new OnnxFiles(1).Floats("s1", [], 0.11f).Floats("s2", [], 0.23f).Floats("s3", [], 0.31f).Integers("z", 3, [], 0)
            .Node("QuantizeLinear x s1 z -> a").Node("DequantizeLinear a s1 z -> p").Node("QuantizeLinear p s2 z "
                + "-> b").Node("DequantizeLinear b s2 z -> q")
            .Node("Add p q -> m").Node("Relu m -> r").Node("QuantizeLinear r s3 z -> c").Node("DequantizeLinear c s3 z -> y");
        Func<double[], double[]> model = file.Run();
        for (int n = -128; n < 128; n++)
        {
            double p = n * (double)0.11f, q = Math.Round(p / 0.23f) * 0.23f;
            Assert.Equal(Math.Clamp(Math.Round(Math.Max(p + q, 0) / 0.31f), -128, 127), model([n * 0.11f])[0]);
        }
    }

    [Fact]
    public void Channels_first_with_explicit_pads_and_a_flatten()
    {
        // Two channels of 2 x 2, one asymmetric row of zeros, then a dense layer in the order of the source.
        float[] kernel = [1, 2, 3, 4, 5, 6, 7, 8], dense = [.. Enumerable.Range(1, 3).Select(static n => (float)n)];
        Func<double[], double[]> model = new OnnxFiles(2, 2, 2).Floats("k", [1, 2, 2, 2], kernel).Floats("d", [2, 1], dense[..2])
            .Node("Conv x k -> c", ("pads", new[] { 1, 0, 0, 0 })).Node("Flatten c -> f").Node("MatMul f d -> y").Run("s<4,0>");
        double[] x = [1, -2, 3, 4, 5, -6, 7, 2];
        double At(int c, int row, int column) => row < 0 ? 0 : x[(c * 4) + (row * 2) + column];
        double[] rows = [.. Enumerable.Range(0, 2).Select(
            r => Enumerable.Range(0, 8).Sum(t => kernel[t] * At(t / 4, r - 1 + (t / 2 % 2), t % 2)))];
        Assert.Equal(rows[0] + (2 * rows[1]), model(x)[0]);
    }

    [Fact]
    public void A_flatten_keeps_the_order_of_the_source()
    {
        Func<double[], double[]> model = new OnnxFiles(2, 1, 2).Floats("k", [2, 1, 1, 1], 1, 10).Floats("d", [4, 1], 1, 2, 3, 4)
            .Node("Conv x k -> c", ("group", 2)).Node("Relu c -> r").Node("Flatten r -> f").Node("MatMul f d -> y").Run("s<4,0>");
        Assert.Equal(5 + (2 * 6) + (30 * 7) + (40 * 8), model([5, 6, 7, 8])[0]);
    }

    [Fact]
    public void Refusals_name_node_operator_and_way_out()
    {
        Check(new OnnxFiles(2).Node("Erf x -> y").Refused(), "n_y", "Erf: this operator is not supported");
        Check(new OnnxFiles(2).Node("Softmax x -> s").Node("Relu s -> y").Refused(), "n_s", "without quantizers inside the model");
        Check(new OnnxFiles(2).Floats("k", [2, 1], 1, 2).Node("MatMul x k -> y").Refused(null), "n_y", "--input");
        Check(new OnnxFiles(0).Node("Relu x -> y").Refused(), "x", "--shape");
        Check(new OnnxFiles(
            2).Floats("s", [], -1).Floats("z", [], 0).Floats("b", [], 4).Node("Quant x s z b -> y").Refused(), "n_y", "not positive");
        Check(new OnnxFiles(
            2).Floats("s", [], 1).Floats("z", [], 0).Floats("b", [], 99).Node("Quant x s z b -> y").Refused(), "n_y", "bit width is 99");
        Check(new OnnxFiles(2).Node("Relu q -> y").Refused(), "y", "which no node in front of it computes");
        Check(new OnnxFiles(2).Floats("k", [2, 3], 1, 2).Node("MatMul x k -> y").Refused(), "k", "2 numbers for the shape");
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        byte[] whole = new OnnxFiles(2).Floats("k", [2, 1], 1, 2).Node("MatMul x k -> y").Bytes();
        using var files = new KerasFiles();
        for (var length = 0; length < whole.Length; length++)
        {
            Exception? fault = Record.Exception(()
                => ModelImporter.Import([files.Bytes("cut.onnx", whole[..length])],
                new ImportOptions { Input = InputFormat.Parse("s<3,4>") }));
            Assert.True(fault is ImportException, $"{length}: {fault}");
        }
    }

    private static void Check(ImportException fault, string layer, string part)
    {
        Assert.Equal(layer, fault.Layer);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }
}
