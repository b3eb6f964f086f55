using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using static HGQ.Import.Tests.KerasFiles;

namespace HGQ.Import.Tests;

/// <summary>Layers of HGQ and HGQ2, and the order in which they store the variables of their quantizers.</summary>
public sealed class Hgq2LayerTests
{
    private static readonly Layer X = new("InputLayer", "x", "\"batch_shape\":[null,2]");

    [Theory]
    [InlineData("kif", "SAT", new[] { "i", "f", "k" })]
    [InlineData("kif", "WRAP", new[] { "f", "k", "i", "decay" })]
    [InlineData("kbi", "SAT", new[] { "b", "i", "k" })]
    [InlineData("kbi", "WRAP", new[] { "b", "k", "i", "decay" })]
    public void Variables_stand_trained_ones_first(string type, string overflow, string[] order)
    {
        using var files = new KerasFiles();
        Layer dense = new("QDense", "d",
            $"\"use_bias\":false,\"enable_iq\":true,{Config("iq_conf", type, overflow, "TRN")},"
                + $"{Config("kq_conf", "kif", "SAT_SYM", "RND")}",
            ("kernel", [2, 1], [0.5f, 0.26f]))
        {
            Package = "hgq",

            // i = 1.6 and f = 1.5 are rounded half to even: 2 and 2; b = i + f.
            Quantizers = [.. Variables("iq", order, [1, 2], 1.6f, 1.5f), .. Variables("kq", ["i", "f", "k"], [2, 1], 0, 2)],
        };
        ReferenceInterpreter model = Imported.Run(files.Archive(X, dense));
        double first = overflow == "SAT" ? 3.75 : -3.75;
        Assert.Equal((0.5 * first) + (0.25 * -0.5), model.Values(4.25, -0.3)[0]);
    }

    [Fact]
    public void Weights_under_wrapping_are_only_rounded()
    {
        using var files = new KerasFiles();
        Layer dense = new("QDense", "d",
            $"\"use_bias\":false,\"enable_iq\":true,{Config("iq_conf", "kif", "SAT", "RND")},{Config("kq_conf", "kbi", "WRAP", "RND")}",
            ("kernel", [2, 1], [5.3f, 1.1f]))
        {
            Package = "hgq",
            Quantizers = [.. Variables("iq", ["i", "f", "k"], [1, 2], 3, 3), .. Variables("kq", ["b", "k", "i", "decay"], [2, 1], 0, 2)],
        };

        // Of 2 bits with none in front of the point 5.3 would wrap; as a weight it is 5.25.
        Assert.Equal(5.25 + 1, Imported.Run(files.Archive(X, dense)).Values(1, 1)[0]);
    }

    [Fact]
    public void A_fused_normalisation_takes_its_own_epsilon()
    {
        using var files = new KerasFiles();
        string options = $"\"equation\":\"bc,cC->bC\",\"output_shape\":[1],\"bias_axes\":\"C\",\"activation\":\"relu\",\"epsilon\":0.5,"
            + $"\"enable_iq\":true";
        Layer dense = new("QEinsumDenseBatchnorm", "d",
            $"{options},{Config("iq_conf", "kif", "SAT", "RND")},{Config("kq_conf", "kif", "SAT", "RND")},"
                + $"{Config("bq_conf", "kif", "SAT", "RND")}",
            ("kernel", [2, 1], [1.5f, -1]), ("bias", [1], [0.75f]), ("gamma", [1], [0.5f]), ("mean", [1], [2]), ("variance", [1], [0.25f]))
        {
            Package = "hgq",
            Quantizers = [.. Variables("iq", ["i", "f", "k"], [1, 2], 3, 3), .. Variables("kq", ["i", "f", "k"], [2, 1], 3, 4),
                .. Variables("bq", ["i", "f", "k"], [1], 3, 4)],
        };

        // γ/√σ² = 1, so that the kernel stays and the bias is 0.75 − 2.
        ReferenceInterpreter model = Imported.Run(files.Archive(X, dense));
        Assert.Equal(3 - 1 - 1.25, model.Values(2, 1)[0]);
        Assert.Equal(0, model.Values(-2, 1)[0]);
    }

    [Fact]
    public void Sums_quantize_each_operand()
    {
        using var files = new KerasFiles();
        Layer sum = new("QSum", "s", $"\"axes\":[1],\"scale\":0.5,\"enable_iq\":true,{Config("iq_conf", "kif", "SAT", "TRN")}")
        {
            Package = "hgq",
            Quantizers = [.. Variables("iq", ["i", "f", "k"], [1, 2], 3, 1)],
        };
        Assert.Equal(0.5 * (1 - 2.5), Imported.Run(files.Archive(X, sum)).Values(1.2, -2.2)[0]);
    }

    [Fact]
    public void A_function_is_a_table_with_the_quantizer_behind_it()
    {
        using var files = new KerasFiles();
        Layer tanh = new("QUnaryFunctionLUT", "t",
            $"\"activation\":\"tanh\",\"enable_iq\":true,\"enable_oq\":true,{Config("iq_conf", "kif", "SAT", "RND")},"
                + $"{Config("oq_conf", "kif", "SAT", "RND_CONV")}")
        {
            Package = "hgq",
            Quantizers = [.. Variables("iq", ["i", "f", "k"], [1, 2], 2, 3), .. Variables("oq", ["i", "f", "k"], [1, 2], 0, 6)],
        };
        ReferenceInterpreter model = Imported.Run(files.Archive(X, tanh));
        foreach (double x in Imported.Grid(-4, 3.875, 0.125))
        {
            Assert.Equal(Math.Clamp(Math.Round(Math.Tanh(x) * 64), -64, 63) / 64, model.Values(x, 0)[0]);
        }
    }

    [Fact]
    public void A_proxy_of_hgq_counts_the_sign_in_both_widths()
    {
        using var files = new KerasFiles();
        Layer quantizer = new("FixedPointQuantizer", "q", "\"RND\":\"RND\",\"SAT\":\"WRAP\",\"shape\":[1,2]",
            ("keep_negative", [1, 2], [1, 0]), ("bits", [1, 2], [4, 0]), ("integers", [1, 2], [2, 0]));
        ReferenceInterpreter model = Imported.Run(files.H5(Input(2), quantizer));
        Assert.Equal([-1.75, 0], model.Values(2.2, 1));
        Assert.Equal([0.5, 0], model.Values(0.375, 1));
    }

    // Every element has the same widths; b is i + f.
    private static IEnumerable<(string, Array)> Variables(string part, string[] order, int[] shape, float i, float f)
    {
        int size = shape.Aggregate(1, static (a, b) => a * b);
        var at = 0;
        foreach (string name in order)
        {
            string path = FormattableString.Invariant($"{part}/quantizer/vars/{at}");
            float value = name switch { "i" => i, "f" => f, "b" => i + f + (i > 1 && i < 2 ? 0.4f : 0), _ => 0.01f };
            Array values = name == "k" ? Shaped(Enumerable.Repeat((byte)1, size), shape) : name == "decay" ? new[] { value }
                : Shaped(Enumerable.Repeat(value, size), shape);
            yield return (path, values);
            at++;
        }
    }

    private static Array Shaped<T>(IEnumerable<T> values, int[] shape)
    {
        T[] flat = [.. values];
        var array = Array.CreateInstance(typeof(T), shape);
        Buffer.BlockCopy(flat, 0, array, 0, Buffer.ByteLength(flat));
        return array;
    }

    private static string Config(string option, string type, string overflow, string rounding)
        => $"\"{option}\":{{\"class_name\":\"QuantizerConfig\",\"config\":{{\"q_type\":\"{type}\",\"place\":\"datalane\","
            + $"\"overflow_mode\":\"{overflow}\",\"round_mode\":\"{rounding}\",\"i_decay_speed\":Infinity}}}}";
}
