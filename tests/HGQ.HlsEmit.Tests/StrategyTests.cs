using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Products with constants: adders or DSPs, layer by layer.</summary>
public sealed class StrategyTests
{
    private static readonly HlsOptions Dsp = new() { Strategy = HlsStrategy.Dsp, Vectors = 200 };

    [ToolTheory("g++", "make")]
    [InlineData(22, HlsStrategy.Dsp, HlsIoType.Parallel)]
    [InlineData(22, HlsStrategy.Dsp, HlsIoType.Stream)]
    [InlineData(12, HlsStrategy.Auto, HlsIoType.Parallel)]
    public void A_strategy_changes_no_integer(int seed, HlsStrategy strategy, HlsIoType io) =>
        HlsRun.AssertEqual(AnyNetwork.Create(seed, 6, 5), Dsp with { Strategy = strategy, IoType = io });

    [ToolFact("g++", "make")]
    public void Wide_products_are_exact_in_a_DSP_and_where_they_stay_sums()
    {
        var any = new AnyModel(9) { MaxWidth = 24 };
        HlsRun.AssertEqual(SmallPrograms.Lower([5], new FixedPointFormat(true, 26, 6), any.DenseOf("layer", "q", 5, 3, false)), Dsp);
    }

    [ToolFact("g++", "make")]
    public void A_sum_of_thousands_of_products_is_split_over_functions()
    {
        var any = new AnyModel(3) { MaxWidth = 12 };
        var project = HlsRun.AssertEqual(SmallPrograms.Lower([2400], any.DenseOf("layer", "q", 2400, 1, false, quantized: false)),
            Dsp with { Vectors = 0 });
        Assert.Contains(project.Files, file => file.Value.Contains("layer_sum_part_1(x, y)", StringComparison.Ordinal));
        Assert.True(project.Report.Dsps > 500);
    }

    [Theory]
    [InlineData(HlsTool.VitisHls, "#pragma HLS BIND_OP variable=t0 op=mul impl=dsp")]
    [InlineData(HlsTool.VivadoHls, "#pragma HLS RESOURCE variable=t0 core=DSP48")]
    public void A_product_is_a_multiplication_with_a_directive_and_a_shift_stays_wiring(HlsTool tool, string pragma)
    {
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), Dsp with { Tool = tool });
        var lines = project.Files["firmware/layers/layer.cpp"].Split('\n');

        // Weights 3, -5, 0, 12, -16 and 7: 16 is a shift, 12 is 3 shifted.
        Assert.Equal(4, lines.Count(line => line.Contains(" * ap_", StringComparison.Ordinal)));
        Assert.Contains("  const ap_int<8> t0 = x.v[0] * ap_uint<2>(3);", lines);
        Assert.Contains(pragma, lines);
        var layer = project.Report.Layers.First(l => l.Layer == "layer");
        Assert.Equal((HlsStrategy.Dsp, 4, 4L), (layer.Strategy, layer.DspProducts, layer.Dsps));
        Assert.Contains("| layer | dsp | 4 |", project.Files["report.md"].Split('\n'));
        Assert.Contains("\"dspProducts\": 4", project.Files["report.json"], StringComparison.Ordinal);
    }

    /// <summary>(digits - 1) x bits of the operand are the LUTs of a product's own adders.</summary>
    [Theory]
    [InlineData(30, 0b10101, false)]
    [InlineData(30, 0b10101010101, true)]
    [InlineData(50, 0b10101, false)]
    [InlineData(51, 0b10101, true)]
    public void Auto_takes_a_DSP_where_the_adders_cost_more_than_a_hundred_LUTs(int bits, long weight, bool dsp)
    {
        var weights = new IntegerTensor(TensorFormat.Uniform(TensorShape.Of(1, 1), new FixedPointFormat(false, 12, 0)), new[] { weight });
        var program = SmallPrograms.Lower(
            [1], new FixedPointFormat(true, bits - 1, 0), new DenseLayer("layer", "q", weights, null, ActivationKind.Linear, null));
        Assert.Equal(dsp ? 1 : 0, HlsEmitter.Emit(program, Dsp with { Strategy = HlsStrategy.Auto }).Report.Layers.Sum(l => l.DspProducts));
    }

    [Fact]
    public void A_layer_has_a_strategy_of_its_own_and_the_rest_is_what_it_was()
    {
        var program = Lowerer.Lower(AnyModel.Dense(8, "net", 9, 6, 5, 3));
        var plain = HlsEmitter.Emit(program, Dsp with { Strategy = HlsStrategy.Adders });
        var mixed = HlsEmitter.Emit(program, Dsp with { Strategy = HlsStrategy.Adders, LayerStrategies = Of("dense_2", HlsStrategy.Dsp) });
        Assert.Equal(plain.Files["firmware/layers/dense_1.cpp"], mixed.Files["firmware/layers/dense_1.cpp"]);
        Assert.NotEqual(plain.Files["firmware/layers/dense_2.cpp"], mixed.Files["firmware/layers/dense_2.cpp"]);
        Assert.Equal((0, true), (mixed.Report.Layers.First(l => l.Layer == "dense_1").DspProducts, mixed.Report.Dsps > 0));
    }

    [Theory]
    [InlineData("dence_1", "did you mean 'dense_1'? Layers that multiply by constants: dense_1")]
    [InlineData("q", "multiplies by no constants; those that do: dense_1")]
    public void A_layer_without_products_is_refused(string layer, string reason)
    {
        var program = Lowerer.Lower(AnyModel.Dense(8, "net", 9, 6, 3));
        var refusal = Assert.Throws<HlsOptionException>(
            () => HlsEmitter.Emit(program, new HlsOptions { LayerStrategies = Of(layer, HlsStrategy.Dsp) }));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_that_does_not_exist_lists_those_that_do() => Assert.Contains(
        "Adders, Dsp, Auto",
        Assert.Throws<HlsOptionException>(
            () => HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Strategy = (HlsStrategy)9 })).Message,
        StringComparison.Ordinal);

    private static Dictionary<string, HlsStrategy> Of(string layer, HlsStrategy strategy) => new() { [layer] = strategy };
}
