using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers.FixedPoint;

/// <summary>The fused pass against the operators: the same values, gradients and formats, step after step, then at inference and tracing.</summary>
public class FixedPointFusedTests
{
    [Theory]
    [InlineData(true, true, RoundingMode.RoundHalfUp)]
    [InlineData(false, true, RoundingMode.RoundHalfUp)]
    [InlineData(false, false, RoundingMode.Truncate)]
    public void Both_paths_are_the_same_function(bool relu, bool bias, RoundingMode rounding)
    {
        using var scope = torch.NewDisposeScope();
        var config = FixedPointQuantizerConfig.DefaultActivation with { IntegerBits = 1, FractionBits = 2.4, Rounding = rounding };
        FixedPointQuantizer fused = Create(config, useFused: true), plain = Create(config, useFused: false);
        torch.manual_seed(5);
        for (int step = 0; step < 40; step++)
        {
            // Ranges grow and fall, so that i follows at once and decays.
            var x = torch.randn(16, 6) * (step % 8 == 0 ? 9 : 0.3);
            var offset = torch.randn(6);
            var (a, b) = (Step(fused, x, bias ? offset : null, relu), Step(plain, x, bias ? offset : null, relu));
            Assert.Equal(a.Value, b.Value);
            Assert.Equal(a.Gradient, b.Gradient);
            Assert.Equal(a.Bits, b.Bits);
            Assert.All(a.FractionGradient.Zip(b.FractionGradient), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            Assert.Equal(TensorValues.Read(fused.IntegerBits), TensorValues.Read(plain.IntegerBits));
        }

        var wide = torch.randn(32, 6) * 20;
        Assert.Equal(Infer(fused, wide, relu), Infer(plain, wide, relu));
        fused.BeginTracing();
        plain.BeginTracing();
        Assert.Equal(Infer(fused, wide, relu), Infer(plain, wide, relu));
        Assert.Equal(Infer(fused, wide * 2, relu), Infer(plain, wide * 2, relu));
        fused.EndTracing();
        plain.EndTracing();
        var (traced, expected) = (fused.ExactActivationBits(relu), plain.ExactActivationBits(relu));
        Assert.Equal(expected.IntegerBits, traced.IntegerBits);
        Assert.Equal(expected.KeepNegative, traced.KeepNegative);
    }

    private static FixedPointQuantizer Create(FixedPointQuantizerConfig config, bool useFused)
    {
        var quantizer = new FixedPointQuantizer(config) { UseFusedPasses = useFused };
        quantizer.Build([-1, 6], "q");
        return quantizer;
    }

    private static double[] Infer(FixedPointQuantizer quantizer, torch.Tensor x, bool relu)
    {
        using var noGradient = torch.no_grad();
        return TensorValues.Read(quantizer.QuantizeActivation(x, training: false, relu).Value);
    }

    private static (double[] Value, double[] Gradient, double[] Bits, double[] FractionGradient) Step(
        FixedPointQuantizer quantizer, torch.Tensor x, torch.Tensor? bias, bool relu)
    {
        var input = x.clone().requires_grad_();
        quantizer.FractionBits.grad?.zero_();
        var output = quantizer.QuantizeActivation(input, training: true, relu, bias);
        var bits = output.Bits();
        var weights = torch.arange(96, dtype: torch.float32).reshape(16, 6) / 50;
        ((output.Value * weights).sum() + (bits * 0.01).sum()).backward();
        return (TensorValues.Read(output.Value), TensorValues.Read(input.grad!), TensorValues.Read(bits), TensorValues.Read(quantizer.FractionBits.grad!));
    }
}
