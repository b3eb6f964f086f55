using System.Linq;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers;

public sealed class ForwardGoldenTests
{
    public static TheoryData<torch.ScalarType, bool> Types => new()
    {
        { torch.float32, true }, { torch.float32, false }, { torch.float64, true }, { torch.float64, false },
    };

    [GoldenTheory]
    [MemberData(nameof(Types))]
    public void Values_and_gradients_are_the_formulas(torch.ScalarType type, bool fused)
    {
        foreach (var c in GoldenFile.Cases("quantizer_forward.json"))
        {
            using var scope = torch.NewDisposeScope();
            var quantizer = GoldenQuantizer.Create(c, "fbw_before", type);
            quantizer.UseFusedPasses = fused;
            var training = c.GetProperty("training").GetBoolean();
            var x = c.Tensor("x", type).requires_grad_(true);

            var xq = quantizer.Call(x, training);
            xq.backward([c.Tensor("g", type)]);

            Close.Exactly(c.Tensor("fbw_after", type).Values(), quantizer.Fbw, $"{c.Id()} fbw");
            Assert.Equal(c.GetProperty("degeneracy").GetInt64(), quantizer.Degeneracy);
            var expected = c.Numbers("xq_exact");
            if (c.GetProperty("n_is_integer").GetBoolean())
            {
                Close.Exactly(expected, xq, $"{c.Id()} xq");
            }
            else
            {
                Close.Relative(expected, xq, 1e-5, $"{c.Id()} xq");
            }

            Close.Exactly(c.Numbers("grad_x"), x.grad!, $"{c.Id()} grad_x");
            if (c.Has("grad_fbw_exact") && quantizer.Fbw.grad is { } gradient)
            {
                Close.Relative(c.Numbers("grad_fbw_exact"), gradient, 1e-5, $"{c.Id()} grad_fbw");
            }
            else
            {
                Assert.True(quantizer.Fbw.grad is null || quantizer.Fbw.grad.Values().All(g => g == 0), c.Id());
                Assert.True(!c.Has("grad_fbw_exact") || c.Numbers("grad_fbw_exact").All(g => g == 0), c.Id());
            }
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Types))]
    public void The_bias_takes_the_widest_of_its_channel(torch.ScalarType type, bool fused)
    {
        foreach (var c in GoldenFile.Cases("bias_forward.json"))
        {
            using var scope = torch.NewDisposeScope();
            var channel = c.GetProperty("channel_loc").GetInt32();
            if (c.Has("error"))
            {
                var any = new HgqQuantizer(2);
                any.Build([1, 3], "any");
                Assert.Throws<System.ArgumentException>(() => any.BiasForward(torch.zeros(3), true, channel));
                continue;
            }

            var quantizer = GoldenQuantizer.Create(c, "fbw", type);
            quantizer.UseFusedPasses = fused;
            var x = c.Tensor("x", type).requires_grad_(true);
            var xq = quantizer.BiasForward(x, c.GetProperty("training").GetBoolean(), channel);
            xq.backward([c.Tensor("g", type)]);

            if (c.Numbers("n").All(n => n == System.Math.Floor(n)))
            {
                Close.Exactly(c.Numbers("xq_exact"), xq, $"{c.Id()} xq");
            }
            else
            {
                Close.Relative(c.Numbers("xq_exact"), xq, 1e-5, $"{c.Id()} xq");
            }

            Close.Exactly(c.Numbers("g"), x.grad!, $"{c.Id()} grad_x");
            if (c.Has("grad_fbw_exact") && quantizer.Fbw.grad is { } gradient)
            {
                Close.Relative(c.Numbers("grad_fbw_exact"), gradient, 1e-5, $"{c.Id()} grad_fbw");
            }
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Types))]
    public void The_record_holds_the_range_since_the_last_reset(torch.ScalarType type, bool fused)
    {
        foreach (var c in GoldenFile.Cases("minmax.json"))
        {
            using var scope = torch.NewDisposeScope();
            var quantizer = GoldenQuantizer.Create(c, "fbw", type);
            quantizer.UseFusedPasses = fused;
            foreach (var step in c.GetProperty("events").EnumerateArray())
            {
                if (step.GetProperty("op").GetString() == "reset")
                {
                    quantizer.MinmaxRegReset();
                }
                else
                {
                    quantizer.Call(
                        step.Tensor("x", type), step.GetProperty("training").GetBoolean(), step.GetProperty("record_minmax").GetBoolean());
                }

                Close.Exactly(step.Numbers("min_exact"), quantizer.Min, $"{c.Id()} min");
                Close.Exactly(step.Numbers("max_exact"), quantizer.Max, $"{c.Id()} max");
            }
        }
    }
}
