using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using static HGQ.Model.Tests.Lowering.SmallGraphs;

namespace HGQ.Model.Tests.Lowering;

/// <summary>What the passes do to programs whose result is known by hand.</summary>
public sealed class LoweringTests
{
    [Fact]
    public void Round_half_up_becomes_a_bias_of_half_a_step()
    {
        var program = Lowerer.Lower(Of([.. Input(S(2, 3)), Dense("d", "q", Constants(2, 1, 3), Constants(2, 0, 1), Quantizer(RoundingMode.RoundHalfUp, OverflowMode.Saturate, S(3, 1)))]));

        // 5 fraction bits in, 1 out: half an output step is 2^-2 = 8 · 2^-5; the bias 1 · 2^-2 is 8 more.
        var product = program.Instructions.OfType<ConstantProductInstruction>().Single();
        Assert.Equal([16L], product.Bias);
        Assert.Equal([3L], product.Weights);
        var requantize = program.Instructions.OfType<RequantizeInstruction>().Single();
        Assert.Equal([RoundingMode.Truncate], requantize.Roundings);
        Assert.Equal([4], requantize.Shifts);
    }

    [Fact]
    public void A_reader_that_wraps_needs_the_low_bits_only()
    {
        var wrap = Quantizer(RoundingMode.Truncate, OverflowMode.Wrap, S(0, 1));
        var program = Lowerer.Lower(Of([.. Input(S(4, 3)), Dense("d", "q", Constants(0, 1, 31), null, wrap)]));

        // 8 bits times 5 is 13 bits exact; the reader keeps 2 bits and drops 2 fraction bits: 4 bits suffice.
        var sum = program.Buffers[program.Instructions.OfType<ConstantProductInstruction>().Single().Destination];
        Assert.Equal([S(0, 3)], sum.Formats);
    }

    [Theory]
    [InlineData(RoundingMode.TruncateToZero)]
    [InlineData(RoundingMode.RoundHalfToZero)]
    [InlineData(RoundingMode.RoundHalfAway)]
    public void A_rounding_that_needs_the_sign_keeps_the_whole_sum(RoundingMode rounding)
    {
        var wrap = Quantizer(rounding, OverflowMode.Wrap, S(0, 1));
        var program = Lowerer.Lower(Of([.. Input(S(4, 3)), Dense("d", "q", Constants(0, 1, 31), null, wrap)]));
        var sum = program.Buffers[program.Instructions.OfType<ConstantProductInstruction>().Single().Destination];
        Assert.Equal([S(9, 3)], sum.Formats);
    }

    [Fact]
    public void Dead_neurons_take_everything_with_them()
    {
        // Neuron 1 of the first layer has width 0, so weight and neuron vanish; input 1 feeds nothing else.
        var hidden = Quantizer(RoundingMode.Truncate, OverflowMode.Saturate, S(2, 1), S(-2, 1));
        var program = Lowerer.Lower(Of([
            .. Input(S(2, 1), S(2, 1)),
            Dense("a", "q", Constants(0, 2, 1, 0, 0, 1), null, hidden),
            Dense("b", "a", Constants(0, 2, 3, 5), null, null),
        ]));
        var products = program.Instructions.OfType<ConstantProductInstruction>().ToArray();
        Assert.Equal([(1, 1), (1, 1)], products.Select(p => (p.Taps, p.Outputs)));
        var probe = program.Probes.Single(p => p.Layer == "a");
        Assert.Equal([0, LayerProbe.Constant], probe.Indices);
    }

    [Fact]
    public void Constant_neurons_fold_into_the_next_bias()
    {
        var hidden = Quantizer(RoundingMode.Truncate, OverflowMode.Saturate, S(3, 0), S(3, 0));
        var program = Lowerer.Lower(Of([
            .. Input(S(2, 0), S(2, 0)),
            Dense("a", "q", Constants(0, 2, 1, 0, 1, 0), Constants(0, 0, 0, 3), hidden),
            Dense("b", "a", Constants(0, 2, 1, 5), Constants(0, 0, 7), null),
        ]));
        var last = program.Instructions.OfType<ConstantProductInstruction>().Last();
        Assert.Equal([22L], last.Bias);
        Assert.Equal([1L], last.Weights);
    }

    [Fact]
    public void Trailing_zeros_of_weights_cost_no_fraction_bits()
    {
        var program = Lowerer.Lower(Of([.. Input(S(2, 1)), Dense("d", "q", Constants(4, 1, 16), null, null)]));
        var sum = program.Buffers[^1];
        Assert.Equal([S(2, 1)], sum.Formats);
        Assert.Equal([1L], program.Instructions.OfType<ConstantProductInstruction>().Single().Weights);
    }

    [Fact]
    public void Ebops_are_input_width_times_significant_weight_bits()
    {
        // 4 bits · (1 + 3) + 6 bits · (2 + 0): 12 = 1100b has 2 significant bits, 5 = 101b has 3.
        var program = Lowerer.Lower(Of([.. Input(S(2, 1), S(3, 2)), Dense("d", "q", Constants(3, 2, 8, 5, 12, 0), null, null)]));
        Assert.Equal(28, program.Ebops);
        Assert.Equal(3, program.Layers.Single(l => l.Layer == "d").NonzeroWeights);
    }

    [Fact]
    public void A_sum_wider_than_64_bits_is_refused_with_layer_element_and_width()
    {
        var graph = Of([.. Input(S(50, 0)), Dense("big", "q", Constants(0, 1, 1, (1L << 40) + 1), null, null)]);
        var error = Assert.Throws<ModelGraphException>(() => Lowerer.Lower(graph));
        Assert.Equal((GraphErrorCodes.WidthAbove64, "big"), (error.Code, error.Layer));
        Assert.Contains("element 1", error.Message);
        Assert.Contains("92 bits", error.Message);
    }

    [Fact]
    public void A_real_input_needs_a_quantizer()
    {
        var graph = Of(new InputLayer("x", TensorShape.Of(1)), Dense("d", "x", Constants(0, 1, 1), null, null));
        var error = Assert.Throws<ModelGraphException>(() => Lowerer.Lower(graph));
        Assert.Equal((GraphErrorCodes.InputNotQuantized, "d"), (error.Code, error.Layer));
    }

    [Fact]
    public void Printing_names_every_instruction()
    {
        var program = Lowerer.Lower(Of([.. Input(S(2, 1)), Dense("d", "q", Constants(0, 1, 3), null, Quantizer(RoundingMode.Truncate, OverflowMode.Saturate, S(1, 1)))]));
        Assert.Equal(
            "program small\n" +
            "  %q[1] 4..4 bits = quantize_input x RoundHalfUp Saturate  ; q\n" +
            "  %d.sum[1] 6..6 bits = product %q positions=1 groups=1 taps=1 outputs=1 nonzero=1  ; d\n" +
            "  %d[1] 3..3 bits = requantize %d.sum Truncate Saturate  ; d\n" +
            "  output y [1] = %d\n",
            ProgramPrinter.Print(program));
    }
}
