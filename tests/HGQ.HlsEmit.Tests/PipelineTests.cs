using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Positions of a convolution that are computed at once, and clock cycles that share hardware.</summary>
public sealed class PipelineTests
{
    [Fact]
    public void A_convolution_that_computes_some_positions_at_once_stays_a_loop()
    {
        var project = HlsEmitter.Emit(Convolution(parallelFactor: 3), new HlsOptions());
        var lines = Lines(project, "firmware/layers/layer.cpp");
        Assert.Contains("#pragma HLS DATAFLOW", Lines(project, "firmware/small.cpp"));
        int loop = Array.IndexOf(lines, "  for (int p = 0; p < 6; p++) {");
        Assert.Equal(["#pragma HLS PIPELINE II=1", "#pragma HLS UNROLL factor=3"], lines[(loop + 1)..(loop + 3)]);

        // Elements of the quantizer behind it: 3 of 6 positions with 2 channels each.
        Assert.Contains("#pragma HLS UNROLL factor=6", lines);
    }

    [Theory]
    [InlineData(8, 1, false)]
    [InlineData(9, 1, true)]
    [InlineData(20, 4, true)]
    [InlineData(20, 20, false)]
    public void A_convolution_over_many_positions_gets_streams(int positions, int parallelFactor, bool streams)
    {
        var program = SmallPrograms.Lower([positions, 2],
            SmallPrograms.ConvolutionLayer(positions) with { ParallelFactor = parallelFactor });
        var project = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0 });
        Assert.Equal(streams, project.Files.ContainsKey("sim/hls_stream.h"));
        Assert.Equal(streams, Lines(project, "firmware/small.cpp")
            .Any(line => line.StartsWith("#pragma HLS INTERFACE axis", StringComparison.Ordinal)));
    }

    [Fact]
    public void Arrays_where_streams_would_be_better_cost_multiplexers_and_a_warning()
    {
        var program = SmallPrograms.Lower([20, 2], SmallPrograms.ConvolutionLayer(20) with { ParallelFactor = 1 });
        var project = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0, IoType = HlsIoType.Parallel });
        var layer = project.Report.Layers.Single(l => l.Layer == "layer");

        // One of 20 positions takes 5 + 1 LUTs a bit. Loops read two channels of 6 bits to pad them, three taps of them for the sums, and
        // sums of 11 and 10 bits to round them.
        Assert.Equal((5 + 1) * ((2 * 6) + (3 * 2 * 6) + 11 + 10), layer.MultiplexerLuts);
        Assert.Contains(project.Report.Warnings, warning => warning.Contains("layer 'layer'", StringComparison.Ordinal)
            && warning.Contains($"about {layer.MultiplexerLuts} LUTs", StringComparison.Ordinal));
        Assert.Contains("Warning: layer 'layer'", project.Files["report.md"], StringComparison.Ordinal);

        var streams = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0 }).Report;
        Assert.Empty(streams.Warnings);
        var streamed = streams.Layers.Single(l => l.Layer == "layer");
        Assert.Equal(0, streamed.MultiplexerLuts);
        Assert.Equal(3 * 2 * 6, streamed.LineBufferBits);
        Assert.True(streamed.FifoBits > 0);
    }

    [Fact]
    public void A_convolution_that_computes_all_positions_at_once_is_one_pipeline()
    {
        var project = HlsEmitter.Emit(Convolution(parallelFactor: 6), new HlsOptions());
        Assert.Contains("#pragma HLS PIPELINE II=1", Lines(project, "firmware/small.cpp"));
        Assert.DoesNotContain(project.Files.Values, text => text.Contains("UNROLL factor", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(6, 6)]
    [InlineData(9, 6)]
    public void Hardware_grows_with_the_positions_at_once(int parallelFactor, int copies) =>
        Assert.Equal(copies * Adders(Convolution(1), HlsPipelineStyle.Dataflow), Adders(Convolution(parallelFactor), HlsPipelineStyle.Dataflow));

    [Fact]
    public void One_pipeline_unrolls_all_positions_whatever_the_parallel_factor() =>
        Assert.Equal(6 * Adders(Convolution(1), HlsPipelineStyle.Dataflow), Adders(Convolution(1), HlsPipelineStyle.Pipeline));

    [Theory]
    [InlineData(7, 3, 14, 6)]
    [InlineData(7, 3, 7, 3)]
    [InlineData(10, 3, 5, 2)]
    [InlineData(10, 1, 3, 1)]
    public void Loops_with_other_turns_follow_the_positions(int positions, int atOnce, int turns, int copies) =>
        Assert.Equal(copies, new UnitPipelining(HlsPipelineStyle.Dataflow, positions, atOnce, 1).Copies(turns));

    [Fact]
    public void A_model_with_branches_keeps_its_loops_too()
    {
        var shape = new[] { 6, 2 };
        var program = SmallPrograms.Lower(shape, Layer(2), new AddLayer("sum", new[] { "q", "layer" }, new[] { false, false }, null));
        var project = HlsEmitter.Emit(program, new HlsOptions());
        Assert.DoesNotContain("#pragma HLS DATAFLOW", Lines(project, "firmware/small.cpp"));
        Assert.Contains("#pragma HLS UNROLL factor=2", Lines(project, "firmware/layers/layer.cpp"));
    }

    [Fact]
    public void A_reuse_factor_is_the_interval_of_the_pipeline()
    {
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { ReuseFactor = 4 });
        Assert.Contains("#pragma HLS PIPELINE II=4", Lines(project, "firmware/small.cpp"));
        Assert.DoesNotContain(project.Files.Values, text => text.Contains("II=1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_layer_may_have_a_reuse_factor_of_its_own()
    {
        var factors = FoldTests.Of("layer", 1);
        var options = new HlsOptions { PipelineStyle = HlsPipelineStyle.Dataflow, ReuseFactor = 8, LayerReuseFactors = factors };
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), options);
        Assert.Contains("#pragma HLS PIPELINE II=8", Lines(project, "firmware/layers/q.cpp"));
        Assert.DoesNotContain("#pragma HLS PIPELINE II=8", Lines(project, "firmware/layers/layer.cpp"));
    }

    [Theory]
    [InlineData(HlsPipelineStyle.Pipeline, 1, "layer", "dataflow")]
    [InlineData(HlsPipelineStyle.Dataflow, 1, "lair", "right ones are: q, layer")]
    [InlineData(HlsPipelineStyle.None, 2, null, "right pipeline styles are")]
    [InlineData(HlsPipelineStyle.Pipeline, 0, null, "1 to 1000000 clock cycles")]
    public void A_wrong_reuse_factor_is_refused_with_the_right_ones(HlsPipelineStyle style, int factor, string? layer, string words)
    {
        var layers = layer is null ? new Dictionary<string, int>() : new Dictionary<string, int> { [layer] = 2 };
        var options = new HlsOptions { PipelineStyle = style, ReuseFactor = factor, LayerReuseFactors = layers };
        Assert.Contains(words, Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), options)).Message, StringComparison.Ordinal);
    }

    [ToolTheory("g++", "make")]
    [InlineData(HlsPipelineStyle.Automatic)]
    [InlineData(HlsPipelineStyle.Pipeline)]
    [InlineData(HlsPipelineStyle.Dataflow)]
    [InlineData(HlsPipelineStyle.None)]
    public void Every_style_gives_the_integers_of_the_interpreter(HlsPipelineStyle style) =>
        HlsRun.AssertEqual(Convolution(parallelFactor: 4), new HlsOptions { PipelineStyle = style });

    private static IntegerProgram Convolution(int parallelFactor) => SmallPrograms.Lower([6, 2], Layer(parallelFactor));

    private static ConvLayer Layer(int parallelFactor) => SmallPrograms.ConvolutionLayer() with { ParallelFactor = parallelFactor };

    private static int Adders(IntegerProgram program, HlsPipelineStyle style) =>
        HlsEmitter.Emit(program, new HlsOptions { PipelineStyle = style }).Report.Layers.Single(layer => layer.Layer == "layer").AdderCount;

    private static string[] Lines(HlsProject project, string file) => project.Files[file].Split('\n');
}
