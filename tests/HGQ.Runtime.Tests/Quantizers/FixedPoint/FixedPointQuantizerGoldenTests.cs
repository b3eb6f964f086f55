using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Quantizers;
using HGQ.Testing;
using TorchSharp;
using static HGQ.Runtime.Tests.Quantizers.FixedPoint.FixedPointGolden;

namespace HGQ.Runtime.Tests.Quantizers.FixedPoint;

/// <summary>quantizer.md §5 against recorded numbers: values, gradients, widths, integer bits that follow the data.</summary>
public sealed class FixedPointQuantizerGoldenTests
{
    public static IEnumerable<object[]> Static => Ids("static");

    public static IEnumerable<object[]> Tracking => Ids("tracking");

    public static IEnumerable<object[]> Corners => Ids("corners");

    [GoldenTheory]
    [MemberData(nameof(Static))]
    public void Values_and_gradients(string id)
    {
        var c = Case("static", id);
        using var x = Tensor(c.GetProperty("x"), torch.float64).requires_grad_();
        var quantizer = Quantizer(c, x.shape, torch.float64, traceSign: false);
        Assert.Equal(Numbers(c.GetProperty("output_inference")), Values(quantizer.Forward(x, training: false)));
        bool countSign = quantizer.Config.Overflow == OverflowMode.Saturate;
        Assert.Equal(Numbers(c.GetProperty("bits")), Values(quantizer.Width(countSign)));

        // Where the original needs one bit too many, a KBI quantizer's recorded grid is the wrong one: only i can be compared.
        bool wrongGrid = quantizer.Config.Parametrisation == Parametrisation.Kbi && c.TryGetProperty("expected_i_after", out _);
        var output = quantizer.Forward(x, training: true);
        if (wrongGrid)
        {
            Assert.Equal(Numbers(c.GetProperty("expected_i_after")), Values(quantizer.IntegerBits));
            return;
        }

        Assert.Equal(Numbers(c.GetProperty("output_training")), Values(output));
        (output * Tensor(c.GetProperty("upstream"), torch.float64)).sum().backward();
        AssertClose(c, "grad_x", x.grad);
        AssertClose(c, "grad_f", quantizer.Config.Parametrisation == Parametrisation.Kif ? quantizer.FractionBits.grad : null);
        AssertClose(c, "grad_b", quantizer.Config.Parametrisation == Parametrisation.Kbi ? quantizer.Bits.grad : null);
        AssertClose(c, "grad_i", quantizer.IntegerBits.grad);
        if (c.TryGetProperty(c.TryGetProperty("expected_i_after", out _) ? "expected_i_after" : "i_after", out var after))
        {
            Assert.Equal(Numbers(after), Values(quantizer.IntegerBits));
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Tracking))]
    public void Integer_bits_follow_the_data(string id)
    {
        var c = Case("tracking", id);
        var shape = Shape(c.GetProperty("steps").EnumerateArray().First(s => s.TryGetProperty("x", out _)).GetProperty("x"));
        var quantizer = Quantizer(c, shape, torch.float32, traceSign: true);
        foreach (var step in c.GetProperty("steps").EnumerateArray())
        {
            Step(quantizer, step);
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Corners))]
    public void Extreme_values(string id)
    {
        var c = Case("corners", id);
        foreach (var type in new[] { torch.float64, torch.float32 })
        {
            foreach (bool training in new[] { true, false })
            {
                using var x = Tensor(c.GetProperty("x"), type);
                var quantizer = Quantizer(c, x.shape, type, traceSign: false);
                double[] expected = Numbers(c.GetProperty("expected").GetProperty(training ? "training" : "inference"));

                // What a float32 can't hold is rounded once: 4 − 2^−24 becomes 4.
                double[] held = type == torch.float32 ? [.. expected.Select(v => (double)(float)v)] : expected;
                Assert.Equal(held, Values(quantizer.Forward(x, training)));
            }
        }
    }

    [GoldenFact]
    public void Limits_hold_in_every_mode()
    {
        foreach (var c in Section("constraints"))
        {
            var limits = c.GetProperty("limits");
            var range = new BitRange(Number(limits[0]), Number(limits[1]));
            foreach (bool training in new[] { true, false })
            {
                var quantizer = new FixedPointQuantizer(new FixedPointQuantizerConfig { IntegerLimits = range, FractionLimits = range });
                double[] before = Numbers(c.GetProperty("before"));
                quantizer.Build([before.Length], "q");
                Set(quantizer.IntegerBits, before);
                Set(quantizer.FractionBits, before);
                quantizer.Forward(torch.zeros(before.Length), training);
                Assert.Equal(Numbers(c.GetProperty("after")), Values(quantizer.IntegerBits));
                Assert.Equal(Numbers(c.GetProperty("after")), Values(quantizer.FractionBits));
            }
        }
    }

    private static void Step(FixedPointQuantizer quantizer, JsonElement step)
    {
        string mode = step.GetProperty("mode").GetString()!;
        if (mode == "reset")
        {
            quantizer.BeginTracing();
            return;
        }

        if (mode != "tracing")
        {
            quantizer.EndTracing();
        }

        bool defect = step.TryGetProperty("expected_i_after", out var expected);
        var output = quantizer.Forward(Tensor(step.GetProperty("x"), torch.float32), mode == "training");
        if (!defect || quantizer.Config.Parametrisation == Parametrisation.Kif)
        {
            Assert.Equal(Numbers(step.GetProperty("output")), Values(output));
        }

        if (mode == "inference")
        {
            return;
        }

        Assert.Equal(Numbers(defect ? expected : step.GetProperty("i_after")), Values(quantizer.IntegerBits));
        Set(quantizer.IntegerBits, Numbers(step.GetProperty("i_after")));
        if (step.TryGetProperty("k_after", out var k))
        {
            Assert.Equal(Numbers(k), Values(quantizer.KeepNegative));
        }
    }

    private static void AssertClose(JsonElement c, string name, torch.Tensor? gradient)
    {
        if (!c.TryGetProperty(name, out var recorded))
        {
            return;
        }

        double[] expected = Numbers(recorded), found = gradient is null ? new double[expected.Length] : Values(gradient);
        Assert.Equal(expected.Length, found.Length);

        // Sums that cancel leave rounding noise of their terms: the largest upstream gradient sets the scale.
        double scale = Math.Max(expected.Max(Math.Abs), Numbers(c.GetProperty("upstream")).Max(Math.Abs));
        for (int e = 0; e < expected.Length; e++)
        {
            Assert.True(Math.Abs(expected[e] - found[e]) <= 1e-12 * scale, FormattableString.Invariant($"{name}[{e}]: {expected[e]} and {found[e]}"));
        }
    }
}
