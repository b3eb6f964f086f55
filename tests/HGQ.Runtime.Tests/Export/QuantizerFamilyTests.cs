using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Tests.Export;

/// <summary>Both families in every layer, for weights, biases and outputs: float64 and integers agree.</summary>
public class QuantizerFamilyTests
{
    [Theory]
    [InlineData(Parametrisation.Kif, OverflowMode.Wrap, RoundingMode.RoundHalfUp)]
    [InlineData(Parametrisation.Kbi, OverflowMode.Saturate, RoundingMode.RoundHalfEven)]
    [InlineData(Parametrisation.Kif, OverflowMode.SaturateSymmetric, RoundingMode.TruncateToZero)]
    [InlineData(Parametrisation.Kbi, OverflowMode.Wrap, RoundingMode.RoundHalfAway)]
    [InlineData(Parametrisation.Kif, OverflowMode.Saturate, RoundingMode.RoundHalfDown)]
    [InlineData(Parametrisation.Kbi, OverflowMode.SaturateSymmetric, RoundingMode.RoundHalfToZero)]
    [InlineData(Parametrisation.Kif, OverflowMode.Wrap, RoundingMode.Truncate)]
    public void Fixed_point_quantizers_in_every_layer(Parametrisation parametrisation, OverflowMode overflow, RoundingMode rounding)
    {
        var config = new FixedPointQuantizerConfig { Parametrisation = parametrisation, Overflow = overflow, Rounding = rounding };
        using var scope = QuantizerDefaults.Scope(config, config with { SkipDims = SkipDims.Batch }, config);
        var x = new HInput([4, 6], "x");
        HLayer q = new HQuantize(name: "q").On(x);
        HLayer conv = new HConv1D(new ConvOptions(6, [3]) { Padding = Padding.Same, Activation = Activation.Relu }, "conv").On(q);
        HLayer attention = new HMultiHeadAttention(new AttentionOptions(2, 2), "attention").On(conv);
        HLayer sum = new HAdd(name: "sum").On(q, attention);
        HLayer norm = new HBatchNormalization(name: "norm").On(sum);
        HLayer function = new HActivation(UnaryFunction.Tanh, name: "tanh").On(new HQuantize(config with { SkipDims = SkipDims.All, Bits = 6, FractionBits = 4 }, "coarse").On(norm));
        HLayer dense = new HDenseBatchNorm(3, name: "dense").On(new PFlatten(name: "flat").On(new HMultiply(name: "gate").On(function, conv)));
        ModelGraph graph = ExportCheck.Graph(x, dense);
        Assert.Equal((rounding, overflow), (Norm(graph).Rounding, Norm(graph).Overflow));
    }

    [Fact]
    public void A_bias_with_a_quantizer_of_its_own_need_not_lie_on_the_grid_of_the_outputs()
    {
        var fine = QuantizerConfig.DefaultKernel with { InitBw = 5, BwClip = (5, 5) };
        var coarse = QuantizerConfig.DefaultPreActivation with { BwClip = (-23, 1) };
        ModelGraph graph = ExportCheck.Sequential([4], new HDense(5, paq: coarse, name: "d", bq: fine));
        var dense = graph.Layers.OfType<DenseLayer>().Single();
        Assert.Contains(dense.Bias!.Format.Elements, static f => f.FractionBits > 1);
    }

    [Fact]
    public void Families_may_be_mixed_and_explicit_quantizers_win_over_the_scope()
    {
        using var scope = QuantizerDefaults.Scope(FixedPointQuantizerConfig.DefaultKernel, bias: FixedPointQuantizerConfig.DefaultKernel);
        var dense = new HDense(3, kq: QuantizerConfig.DefaultKernel, name: "d");
        var second = new HDense(2, name: "e");
        ExportCheck.Sequential([4], dense, second);
        Assert.IsType<HgqQuantizer>(dense.KernelQuantizer);
        Assert.IsType<FixedPointQuantizer>(second.KernelQuantizer);
        Assert.IsType<FixedPointQuantizer>(dense.BiasQuantizer);
        Assert.IsType<HgqQuantizer>(dense.ActivationQuantizer);
    }

    private static QuantizerSpec Norm(ModelGraph graph) => graph.Layers.OfType<ScaleOffsetLayer>().Single().Quantizer!;
}
