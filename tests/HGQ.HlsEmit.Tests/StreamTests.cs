using System;
using System.Threading.Tasks;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Ports and layers joined by streams (docs/hls.md, streams).</summary>
public sealed class StreamTests
{
    private static readonly HlsOptions Streams = new() { IoType = HlsIoType.Stream };

    public static TheoryData<string> Programs() => ["dense", "convolution", "table", "pool", "subtract", "matmul", "clamp", "softmax", "attention"];

    [ToolTheory("g++", "make")]
    [MemberData(nameof(Programs))]
    public void Every_layer_gives_the_integers_of_the_interpreter(string name) => HlsRun.AssertEqual(GoldenTests.Program(name), Streams);

    [ToolTheory("g++", "make")]
    [InlineData(21)]
    [InlineData(22)]
    public void Graphs_of_all_layers_give_the_integers_of_the_interpreter(int seed) => HlsRun.AssertEqual(AnyNetwork.Create(seed, 6, 5), Streams);

    [SkippableVendorFact]
    public Task The_vendors_headers_give_the_same_bits() => HlsRun.AssertCsim(AnyNetwork.Create(24, 4, 4), Streams, "OPT=-O0", "AP_TYPES=" + SkippableVendorFactAttribute.Folder);

    [Theory]
    [InlineData(HlsPortProtocol.Valid, "ap_ctrl_hs")]
    [InlineData(HlsPortProtocol.None, "ap_ctrl_none")]
    public void Ports_are_axis_and_layers_are_processes(HlsPortProtocol protocol, string control)
    {
        var lines = Emit(SmallPrograms.Dense(), Streams with { PortProtocol = protocol }, "firmware/small.cpp");
        Assert.Contains("void small(hls::stream<small_layers::x_element> &x, hls::stream<small_layers::layer_result_element> &layer_result) {", lines);
        Assert.Contains("#pragma HLS INTERFACE axis port=x", lines);
        Assert.Contains("#pragma HLS INTERFACE axis port=layer_result", lines);
        Assert.Contains($"#pragma HLS INTERFACE {control} port=return", lines);
        Assert.Contains("#pragma HLS DATAFLOW", lines);
        Assert.DoesNotContain(lines, line => line.Contains("ap_vld", StringComparison.Ordinal));
    }

    [Fact]
    public void A_channel_has_the_bits_that_it_needs_at_all_positions()
    {
        FixedPointFormat[] formats = [new(true, 2, 3), new(false, 1, 0), new(true, 1, 1), new(false, 3, 0)];
        var quantizer = new QuantizerSpec(new TensorFormat(TensorShape.Of(2, 2), formats), RoundingMode.Truncate, OverflowMode.Saturate);
        var program = Lowerer.Lower(AnyModel.Graph("small", [new InputLayer("x", TensorShape.Of(2, 2)), new QuantizeLayer("q", "x", quantizer)], "q"));
        Assert.Contains("  ap_fixed<6, 3, AP_TRN, AP_SAT> c0;", Emit(program, Streams, "firmware/types.h"));
        Assert.Contains("  ap_ufixed<3, 3, AP_TRN, AP_SAT> c1;", Emit(program, Streams, "firmware/types.h"));

        // Inside, codes have no point: the codes of both positions of the first channel fit 6 bits.
        var top = Emit(program, Streams, "firmware/small.cpp");
        Assert.Contains("  ap_int<6> c0;", top);
        Assert.Contains("  ap_uint<3> c1;", top);
        Assert.Contains("// 2 of these a sample, 9 bits each.", top);
    }

    [ToolFact("g++", "make")]
    public void Formats_that_differ_from_position_to_position_pass_every_port() => HlsRun.AssertEqual(AnyPositions(), Streams);

    [ToolTheory("g++", "make")]
    [InlineData(HlsInputOverflow.Saturate)]
    [InlineData(HlsInputOverflow.Wrap)]
    public void Codes_of_the_model_pass_every_kind_of_input_port(HlsInputOverflow overflow) => HlsRun.AssertEqual(AnyPositions(), Streams with { InputOverflow = overflow });

    [Theory]
    [InlineData(new[] { 4, 5, 3 }, 60, 20, 3)]
    [InlineData(new[] { 4, 5, 3 }, 40, 20, 2)]
    [InlineData(new[] { 4, 5, 3 }, 59, 1, 59)]
    [InlineData(new[] { 7 }, 7, 1, 7)]
    public void A_piece_is_a_position_where_dead_elements_left_equal_pieces(int[] shape, int length, int count, int channels) =>
        Assert.Equal(new TokenCut(count, channels), TokenCut.Of(length, TensorShape.Of(shape)));

    [Theory]
    [InlineData(PaddingKind.Valid, 1, 15)]
    [InlineData(PaddingKind.Same, 1, 19)]
    [InlineData(PaddingKind.Same, 2, 17)]
    public void A_convolution_keeps_the_rows_of_its_window(PaddingKind padding, int stride, int kept)
    {
        // Three of a row's 6 positions, or 8 with padding (7 with stride 2), behind two rows.
        var program = Image(padding, stride, parallelFactor: 1);
        Assert.Contains(Emit(program, Streams, "firmware/small.cpp"), line => line.EndsWith($"_token line[{kept}];", StringComparison.Ordinal));
    }

    [Fact]
    public void A_convolution_that_computes_positions_at_once_has_all_at_hand() =>
        Assert.DoesNotContain(Emit(Image(PaddingKind.Valid, 1, parallelFactor: 2), Streams, "firmware/small.cpp"), line => line.Contains("_token line[15]", StringComparison.Ordinal));

    [Fact]
    public void A_pool_and_a_table_keep_what_they_need()
    {
        Assert.Contains("  q_token line[2];", Emit(SmallPrograms.Pool(), Streams, "firmware/small.cpp"));
        var quantized = SmallPrograms.Lower([6, 2], new QuantizeLayer("layer", "q", SmallPrograms.To([6, 2], new FixedPointFormat(true, 1, 1), OverflowMode.Saturate)));
        Assert.Contains("  q_token line[1];", Emit(quantized, Streams, "firmware/small.cpp"));
    }

    [ToolTheory("g++", "make")]
    [InlineData(PaddingKind.Valid, 1, 1)]
    [InlineData(PaddingKind.Valid, 2, 1)]
    [InlineData(PaddingKind.Same, 1, 1)]
    [InlineData(PaddingKind.Same, 2, 1)]
    [InlineData(PaddingKind.Same, 1, 3)]
    public void Images_pass_position_by_position(PaddingKind padding, int stride, int parallelFactor) => HlsRun.AssertEqual(Image(padding, stride, parallelFactor), Streams);

    [Fact]
    public void Streams_of_a_chain_are_short_and_others_hold_samples()
    {
        Assert.Contains("#pragma HLS STREAM variable=layer_to_layer_result depth=2", Emit(SmallPrograms.Dense(), Streams, "firmware/small.cpp"));

        // The sum waits for both ways: the short one holds a sample (2 positions) for each process of the long one.
        var sum = SmallPrograms.Lower([2, 2], SmallPrograms.ConvolutionLayer() with { Quantizer = null }, new AddLayer("sum", new[] { "q", "layer" }, new[] { false, false }, null));
        var lines = Emit(sum, Streams, "firmware/small.cpp");
        Assert.Contains("#pragma HLS STREAM variable=q_to_sum depth=4", lines);
    }

    [Theory]
    [InlineData(HlsTool.VitisHls, "#pragma HLS AGGREGATE variable=q_to_layer compact=bit")]
    [InlineData(HlsTool.VivadoHls, "#pragma HLS DATA_PACK variable=q_to_layer")]
    public void A_piece_is_one_word_of_the_stream(HlsTool tool, string pragma) =>
        Assert.Contains(pragma, Emit(SmallPrograms.Dense(), Streams with { Tool = tool }, "firmware/small.cpp"));

    [Theory]
    [InlineData(HlsPipelineStyle.Pipeline)]
    [InlineData(HlsPipelineStyle.None)]
    public void Streams_need_dataflow(HlsPipelineStyle style) => Assert.Contains(
        "right ones are: auto, dataflow",
        Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), Streams with { PipelineStyle = style })).Message,
        StringComparison.Ordinal);

    [ToolFact("g++", "make")]
    public async Task A_layer_that_reads_too_much_is_found()
    {
        using var folder = new TemporaryFolder();
        HlsProjectWriter.Write(HlsEmitter.Emit(SmallPrograms.Convolution(), Streams), folder.Path);

        // The top function of a model that reads seven positions where six are sent.
        var longer = SmallPrograms.Lower([7, 2], SmallPrograms.ConvolutionLayer(positions: 7));
        await System.IO.File.WriteAllTextAsync(folder.Combine("firmware", "small.cpp"), HlsEmitter.Emit(longer, Streams).Files["firmware/small.cpp"]);
        var run = await ToolProcess.RunAsync("make", ["csim"], folder.Path, TimeSpan.FromMinutes(5));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("is read while it is empty", run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>An image whose pixels have formats of their own, through a convolution and back to such formats.</summary>
    private static IntegerProgram AnyPositions()
    {
        var any = new AnyModel(31) { MaxWidth = 7 };
        var shape = TensorShape.Of(3, 4, 2);
        var layer = new ConvLayer(
            "layer", "q", any.Tensor(TensorShape.Of(2, 2, 2, 2)), null, new[] { 1, 1 }, new[] { 1, 1 }, PaddingKind.Same, 1, ActivationKind.Relu, any.Quantizer(shape), 1);
        return Lowerer.Lower(AnyModel.Graph("small", [new InputLayer("x", shape), new QuantizeLayer("q", "x", any.Quantizer(shape)), layer], "layer", "q"));
    }

    /// <summary>A convolution, a pool and a kernel of one position over an image of 6 × 6.</summary>
    private static IntegerProgram Image(PaddingKind padding, int stride, int parallelFactor)
    {
        var any = new AnyModel(41) { MaxWidth = 5 };
        int size = padding == PaddingKind.Same ? (6 + stride - 1) / stride : ((6 - 3) / stride) + 1;
        var shape = TensorShape.Of(size, size, 3);
        return SmallPrograms.Lower(
            [6, 6, 2],
            new ConvLayer(
                "layer", "q", any.Tensor(TensorShape.Of(3, 3, 2, 3)), any.Tensor(TensorShape.Of(3)), new[] { stride, stride }, new[] { 1, 1 }, padding, 1, ActivationKind.Relu, any.Quantizer(shape, 3), parallelFactor),
            new PoolLayer("pool", "layer", PoolKind.Max, new[] { 2, 2 }, new[] { 1, 1 }, PaddingKind.Same, null),
            any.DenseOf("dense", "pool", 3, 2, false, quantized: false));
    }

    private static string[] Emit(IntegerProgram program, HlsOptions options, string file) => HlsEmitter.Emit(program, options).Files[file].Split('\n');
}
