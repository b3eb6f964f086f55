using System;
using HGQ.Model.Interpretation;

namespace HGQ.Import.Tests;

/// <summary>Quantized activations of QKeras, each against its definition written down once more, over a whole grid of inputs.</summary>
public sealed class QKerasActivationTests
{
    [Theory]
    [InlineData("\"quantized_bits(4, 1, alpha=1)\"", 4, 1, false)]
    [InlineData("{\"class_name\":\"quantized_bits\",\"config\":{\"bits\":4,\"integer\":1,\"symmetric\":1,\"alpha\":1.0}}", 4, 1, true)]
    [InlineData("{\"class_name\":\"quantized_bits\",\"config\":{\"bits\":3,\"integer\":0,\"symmetric\":0,\"alpha\":null}}", 3, 0, false)]
    public void Bits(string quantizer, int bits, int integer, bool symmetric)
    {
        double step = Math.Pow(2, integer - bits + 1), most = Math.Pow(2, bits - 1);
        Check(quantizer, x => step * Math.Clamp(Math.Round(x / step), -most + (symmetric ? 1 : 0), most - 1));
    }

    [Fact]
    public void Bits_without_a_sign()
        => Check("\"quantized_bits(4, 2, keep_negative=0, alpha=1)\"", static x => 0.25 * Math.Clamp(Math.Round(x / 0.25), 0, 15));

    [Fact]
    public void Bits_with_a_factor()
        => Check("\"quantized_bits(4, 1, alpha=0.75)\"", static x => 0.75 * 0.25 * Math.Clamp(Math.Round(x / 0.25), -8, 7));

    [Fact]
    public void Relu() => Check("\"quantized_relu(4, 1)\"", static x => 0.125 * Math.Clamp(Math.Round(Math.Max(x, 0) / 0.125), 0, 15));

    [Fact]
    public void Relu_with_a_slope_rounds_both_parts() => Check(
        "\"quantized_relu(4, 1, negative_slope=0.25)\"",
        static x => 0.25 * (Math.Clamp(Math.Round(x / 0.25), 0, 7) + Math.Clamp(Math.Round(x / 0.25 * 0.25), -2, 0)));

    [Fact]
    public void Relu_with_an_upper_bound() => Check(
        "{\"class_name\":\"quantized_relu\",\"config\":{\"bits\":6,\"integer\":2,\"relu_upper_bound\":1.5,\"is_quantized_clip\":false}}",
        static x => Math.Min(1.5, Math.Clamp(Math.Round(Math.Max(x, 0) * 16), 0, 63) / 16));

    [Fact]
    public void Relu_by_a_sigmoid() => Check(
        "{\"class_name\":\"quantized_relu\",\"config\":{\"bits\":4,\"integer\":1,\"use_sigmoid\":1}}",
        static x => 2 * Math.Clamp((2 * Math.Round(Math.Clamp((0.5 * x / 2) + 0.5, 0, 1) * 16) / 16) - 1, 0, 15.0 / 16));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tanh(bool real) => Check(
        $"\"quantized_tanh(5, use_real_tanh={(real ? "True" : "False")})\"",
        x => Math.Clamp(Math.Round((real ? Math.Tanh(x) : Math.Clamp(x, -1, 1)) * 16), -16, 15) / 16);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sigmoid(bool real) => Check(
        $"\"quantized_sigmoid(4, use_real_sigmoid={(real ? 1 : 0)})\"",
        x => Math.Clamp(Math.Round((real ? 1 / (1 + Math.Exp(-x)) : Math.Clamp((0.5 * x) + 0.5, 0, 1)) * 16), 0, 15) / 16);

    [Fact]
    public void Binary() => Check("\"binary(alpha=1)\"", static x => x < 0 ? -1 : 1);

    [Fact]
    public void Binary_of_0_and_1() => Check("\"binary(use_01=1, alpha=0.5)\"", static x => x < 0 ? 0 : 0.5);

    [Fact]
    public void Ternary() => Check("\"ternary(alpha=0.5, threshold=0.75)\"", static x => Math.Abs(x) < 0.75 ? 0 : 0.5 * Math.Sign(x));

    private static void Check(string quantizer, Func<double, double> definition)
    {
        using var files = new KerasFiles();
        ReferenceInterpreter model = Imported.Run(files.H5(KerasFiles.Input(1), KerasFiles.Activation(quantizer)), "s<2,5>");
        foreach (double x in Imported.Grid(-4, 4 - (1.0 / 32), 1.0 / 32))
        {
            Assert.Equal(definition(x), model.Values(x)[0]);
        }
    }
}
