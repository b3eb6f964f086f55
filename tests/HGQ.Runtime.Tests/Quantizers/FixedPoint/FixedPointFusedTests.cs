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

    // i falls from 2 to −2 in tenths, past every place where i + f rounds to 0: only what has a bit costs.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_paths_agree_on_which_columns_have_a_bit(bool relu)
    {
        using var scope = torch.NewDisposeScope();
        var config = FixedPointQuantizerConfig.DefaultActivation with
        {
            IntegerBits = 2,
            FractionBits = 0,
            Decay = 0.1,
            IntegerLimits = new BitRange(-2, 8),
        };
        FixedPointQuantizer fused = Create(config, useFused: true), plain = Create(config, useFused: false);
        torch.manual_seed(7);
        for (int step = 0; step < 45; step++)
        {
            var x = torch.randn(16, 6) * 1e-3;
            var (a, b) = (Step(fused, x, null, relu), Step(plain, x, null, relu));
            Assert.Equal(b.Bits, a.Bits);
            Assert.All(a.FractionGradient.Zip(b.FractionGradient), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Theory]
    [InlineData(Parametrisation.Kbi, OverflowMode.SaturateSymmetric, RoundingMode.RoundHalfUp)]
    [InlineData(Parametrisation.Kbi, OverflowMode.Saturate, RoundingMode.Truncate)]
    [InlineData(Parametrisation.Kif, OverflowMode.SaturateSymmetric, RoundingMode.Truncate)]
    [InlineData(Parametrisation.Kif, OverflowMode.Saturate, RoundingMode.RoundHalfUp)]
    public void Both_paths_quantize_weights_alike(Parametrisation parametrisation, OverflowMode overflow, RoundingMode rounding)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        var weights = torch.randn(24, 10);
        var (integerBits, second) = (torch.randn(24, 10) * 2, torch.randn(24, 10) * 3);
        (double[], double[], double[], double[], double[]) Run(bool useFused)
        {
            var config = new FixedPointQuantizerConfig { Parametrisation = parametrisation, Overflow = overflow, Rounding = rounding };
            var quantizer = new FixedPointQuantizer(config) { UseFusedPasses = useFused };
            quantizer.Build([24, 10], "q");
            var trained = parametrisation == Parametrisation.Kbi ? quantizer.Bits : quantizer.FractionBits;
            using (torch.no_grad())
            {
                quantizer.IntegerBits.copy_(integerBits);
                trained.copy_(second);
            }

            var input = weights.clone().requires_grad_();
            var quantized = quantizer.QuantizeKernel(input, training: true);
            var rowBits = quantized.RowBits();
            ((quantized.Value * weights.cos()).sum() + (rowBits * torch.arange(24, dtype: torch.float32)).sum()).backward();
            return (TensorValues.Read(quantized.Value), TensorValues.Read(rowBits), TensorValues.Read(input.grad!),
                TensorValues.Read(quantizer.IntegerBits.grad!), TensorValues.Read(trained.grad!));
        }

        var (fused, plain) = (Run(true), Run(false));
        Assert.Equal(plain.Item1, fused.Item1);
        Assert.Equal(plain.Item2, fused.Item2);
        Assert.Equal(plain.Item3, fused.Item3);
        Assert.All(plain.Item4.Zip(fused.Item4), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.All(plain.Item5.Zip(fused.Item5), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
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
