using System;
using System.Linq;
using HGQ.Model.Interpretation;
using static HGQ.Import.Tests.KerasFiles;

namespace HGQ.Import.Tests;

/// <summary>Kernels and normalisations of QKeras and Keras.</summary>
public sealed class QKerasProductTests
{
    private const string Bits4 = "{\"class_name\":\"quantized_bits\",\"config\":{\"bits\":4,\"integer\":0,\"symmetric\":0,\"alpha\":1}}";
    private const string Automatic = "{\"class_name\":\"quantized_bits\",\"config\":{\"bits\":3,\"integer\":0,\"alpha\":null}}";

    [Fact]
    public void A_kernel_is_rounded_half_to_even_and_clipped()
    {
        // 0.3125 and 0.1875 lie half between eighths; 2 and -2 are clipped.
        using var files = new KerasFiles();
        Layer dense = new("QDense", "d", $"\"kernel_quantizer\":{Bits4},\"use_bias\":false", ("kernel", [1, 4], [0.3125f, 0.1875f, 2, -2]));
        Assert.Equal([0.25, 0.25, 0.875, -1], Imported.Run(files.H5(Input(1), dense), "s<2,5>").Values(1));
    }

    [Fact]
    public void A_missing_alpha_of_a_kernel_is_a_power_of_two_from_its_weights()
    {
        // 3 bits, symmetric: codes -3..3. Column 1 fits a scale of 1/4; column 2 a scale of 2: halves round away from zero.
        using var files = new KerasFiles();
        Layer dense = new("QDense", "d", $"\"kernel_quantizer\":{Automatic},\"use_bias\":false",
            ("kernel", [3, 2], [0.75f, 6, 0.5f, -4, -0.25f, 1]));
        ReferenceInterpreter model = Imported.Run(files.H5(Input(3), dense), "s<2,5>");
        Assert.Equal([0.75, 6], model.Values(1, 0, 0));
        Assert.Equal([0.5, -4], model.Values(0, 1, 0));
        Assert.Equal([-0.25, 2], model.Values(0, 0, 1));
    }

    [Fact]
    public void A_normalisation_in_front_of_a_quantizer_is_exact()
    {
        using var files = new KerasFiles();
        float[] gamma = [1.25f, -0.7f, 0.3f], beta = [0.1f, 0.25f, -0.4f], mean = [0.3f, -0.2f, 0.05f], variance = [0.7f, 1.3f, 0.4f];
        Layer dense = new("QDense", "d", $"\"kernel_quantizer\":{Bits4},\"use_bias\":false",
            ("kernel", [2, 3], [0.5f, 0.25f, -0.75f, -0.125f, 0.875f, 0.375f]));
        Layer norm = new("BatchNormalization", "n", "\"epsilon\":0.001", ("gamma", [3], gamma), ("beta", [3], beta),
            ("moving_mean", [3], mean), ("moving_variance", [3], variance));
        Layer relu = Activation("\"quantized_relu(3, 0)\"");
        ReferenceInterpreter model = Imported.Run(files.H5(Input(2), dense, norm, relu), "s<1,3>");
        foreach (double x in Imported.Grid(-2, 1.875, 0.125))
        {
            foreach (double y in Imported.Grid(-2, 1.875, 0.125))
            {
                double[] sums = [(0.5 * x) - (0.125 * y), (0.25 * x) + (0.875 * y), (-0.75 * x) + (0.375 * y)];
                double[] expected =
                    [.. sums.Select((s, c)
                    => Math.Clamp(Math.Round(8 * (beta[c] + ((s - mean[c]) * gamma[c] / Math.Sqrt(variance[c] + 0.001)))), 0, 7) / 8)];
                Assert.Equal(expected, model.Values(x, y));
            }
        }
    }

    [Theory]
    [InlineData("same", 4)]
    [InlineData("valid", 2)]
    public void Convolutions_slide_as_in_keras(string padding, int size)
    {
        using var files = new KerasFiles();
        float[] kernel = [.. Enumerable.Range(0, 9).Select(static n => (n - 4) / 8f)];
        Layer conv = new("QConv2D", "c", $"\"kernel_quantizer\":{Bits4},\"use_bias\":false,\"padding\":\"{padding}\"",
            ("kernel", [3, 3, 1, 1], kernel));
        double[] image = [.. Enumerable.Range(0, 16).Select(static n => (double)((n * 7 % 5) - 2))];
        int before = padding == "same" ? 1 : 0;
        double[] expected = [.. Enumerable.Range(0, size * size).Select(p => Enumerable.Range(0, 9).Sum(t =>
        {
            int row = (p / size) + (t / 3) - before, column = (p % size) + (t % 3) - before;
            return row is >= 0 and < 4 && column is >= 0 and < 4 ? kernel[t] * image[(row * 4) + column] : 0;
        }))];
        Assert.Equal(expected, Imported.Run(files.H5(Input(4, 4, 1), conv), "s<3,0>").Values(image));
    }

    [Fact]
    public void A_depthwise_convolution_has_several_outputs_a_channel()
    {
        using var files = new KerasFiles();
        Layer conv = new("QDepthwiseConv2D", "c", $"\"depthwise_quantizer\":{Bits4},\"use_bias\":false",
            ("depthwise_kernel", [1, 1, 2, 2], [0.5f, -0.5f, 0.25f, 0.75f]));
        Assert.Equal([1, -1, -0.75, -2.25], Imported.Run(files.H5(Input(1, 1, 2), conv), "s<3,0>").Values(2, -3));
    }

    [Fact]
    public void Explicit_padding_is_zeros()
    {
        using var files = new KerasFiles();
        Layer pad = new("ZeroPadding2D", "p", "\"padding\":[[1,0],[0,2]]");
        Assert.Equal([0, 0, 0, 3, 0, 0], Imported.Run(files.H5(Input(1, 1, 1), pad), "s<3,0>").Values(3));
    }

    [Fact]
    public void Means_of_three_are_rounded_by_the_quantizer_behind_them()
    {
        using var files = new KerasFiles();
        Layer pool = new("AveragePooling1D", "p", "\"pool_size\":[3],\"strides\":[3]");
        ReferenceInterpreter model = Imported.Run(files.H5(Input(3, 1), pool, Activation("\"quantized_bits(6, 2, alpha=1)\"")), "s<2,0>");
        foreach (int n in Enumerable.Range(0, 512))
        {
            double[] x = [(n % 8) - 4, (n / 8 % 8) - 4, (n / 64) - 4];
            Assert.Equal(Math.Round(x.Sum() / 3 * 8) / 8, model.Values(x)[0]);
        }
    }

    [Fact]
    public void A_softmax_at_the_end_is_left_out_and_said()
    {
        using var files = new KerasFiles();
        string path = files.H5(Input(2), Activation("\"quantized_bits(4, 1, alpha=1)\""),
            new Layer("Activation", "s", "\"activation\":\"softmax\""));
        ImportResult result = ModelImporter.Import([path], new ImportOptions { Input = InputFormat.Parse("s<2,5>") });
        Assert.Contains(result.Notes, note => note.StartsWith("s: softmax", StringComparison.Ordinal));
        Assert.Contains("softmax",
            Imported.Refused(files.H5(
            Input(2), new Layer("Activation", "s", "\"activation\":\"softmax\""),
            Activation("\"quantized_bits(4, 1, alpha=1)\""))).Message, StringComparison.Ordinal);
    }
}
