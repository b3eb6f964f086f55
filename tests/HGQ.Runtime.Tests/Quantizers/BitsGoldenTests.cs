using System;
using System.Text.Json;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers;

public sealed class BitsGoldenTests
{
    [GoldenFact]
    public void Training_bits_and_their_gradients_are_exact()
    {
        foreach (var c in GoldenFile.Cases("get_bits.json"))
        {
            using var scope = torch.NewDisposeScope();
            var quantizer = WithRecord(c);
            var posOnly = c.GetProperty("pos_only").GetBoolean();
            var bits = c.GetProperty("with_ref").GetBoolean()
                ? quantizer.GetBits(c.Tensor("ref"), c.Has("quantized") && c.GetProperty("quantized").GetBoolean(), posOnly)
                : quantizer.GetBits(posOnly: posOnly);

            Close.Exactly(c.Numbers("int_bits_exact"), bits.IntegerBits, $"{c.Id()} integer bits");
            Close.Exactly(c.Numbers("frac_bits_exact"), bits.FractionBits, $"{c.Id()} fraction bits");
            Close.Exactly(c.Numbers("keep_negative_exact"), bits.KeepNegative, $"{c.Id()} keep negative");
            var width = bits.Magnitude();
            Close.Exactly(c.Numbers("bits_exact"), width, $"{c.Id()} bits");
            if (c.Has("g"))
            {
                width.backward([c.Tensor("g")]);
                Close.Exactly(c.Numbers("grad_fbw_of_sum_g_bits_exact"), quantizer.Fbw.grad!, $"{c.Id()} gradient");
            }
            else if (c.Has("grad_fbw_of_sum_bits_original"))
            {
                width.sum().backward();
                Close.Exactly(c.Numbers("grad_fbw_of_sum_bits_original"), quantizer.Fbw.grad!, $"{c.Id()} gradient");
            }
        }
    }

    [GoldenFact]
    public void Export_bits_are_exact()
    {
        foreach (var c in GoldenFile.Cases("get_bits_exact.json"))
        {
            using var scope = torch.NewDisposeScope();
            var quantizer = WithRecord(c);
            if (c.Has("error"))
            {
                var error = Assert.Throws<InvalidOperationException>(() => quantizer.GetBitsExact());
                Assert.Contains("run TraceMinmax first", error.Message, StringComparison.Ordinal);
                continue;
            }

            var bits = c.GetProperty("with_ref").GetBoolean()
                ? quantizer.GetBitsExact(c.Tensor("ref"))
                : quantizer.GetBitsExact(posOnly: c.GetProperty("pos_only").GetBoolean());
            Assert.Equal(c.Integers("k_exact"), bits.KeepNegative);
            Assert.Equal(c.Integers("i_exact"), bits.IntegerBits);
            Assert.Equal(c.Integers("f_exact"), bits.FractionBits);
        }
    }

    [GoldenFact]
    public void Bits_of_single_values_are_exact_for_every_float()
    {
        foreach (var c in GoldenFile.Cases("get_arr_bits.json"))
        {
            using var scope = torch.NewDisposeScope();
            var type = c.GetProperty("x").GetProperty("dtype").GetString() == "float64" ? torch.float64 : torch.float32;
            var bits = HgqQuantizer.GetArrBits(c.Tensor("x", type));
            Assert.Equal(c.Integers("k"), bits.KeepNegative);
            Assert.Equal(c.Integers("i"), bits.IntegerBits);
            Assert.Equal(c.Integers("f"), bits.FractionBits);
        }
    }

    [GoldenFact]
    public void Adapted_widths_give_equal_relative_precision_and_zeros_keep_theirs()
    {
        foreach (var c in GoldenFile.Cases("adapt_bw_bits.json"))
        {
            using var scope = torch.NewDisposeScope();
            var quantizer = GoldenQuantizer.Create(c, "fbw_before", torch.float64);
            quantizer.AdaptBwBits(c.Tensor("ref", torch.float64));
            var expected = c.Numbers("fbw_after_f64");
            foreach (var e in c.GetProperty("all_zero_groups").EnumerateArray())
            {
                expected[e.GetInt32()] = quantizer.InitBw;
            }

            Close.Absolute(expected, quantizer.Fbw.Values(), 1e-12, c.Id());
        }
    }

    private static HgqQuantizer WithRecord(JsonElement c)
    {
        var quantizer = GoldenQuantizer.Create(c, "fbw", torch.float32);
        if (c.Has("min"))
        {
            GoldenQuantizer.Set(quantizer.Min, c.Tensor("min"));
            GoldenQuantizer.Set(quantizer.Max, c.Tensor("max"));
        }

        return quantizer;
    }
}
