using System;
using System.Linq;

namespace HGQ.HlsEmit.Tests;

public sealed class OptionTests
{
    [Theory]
    [InlineData("while")]
    [InlineData("main")]
    [InlineData("7net")]
    [InlineData("a-b")]
    [InlineData("a__b")]
    [InlineData("_Net")]
    [InlineData("")]
    [InlineData("näme")]
    public void A_top_function_has_to_be_an_identifier(string name)
    {
        var error = Assert.Throws<HlsOptionException>(() => Emit(new HlsOptions { TopName = name }));
        Assert.Equal(nameof(HlsOptions.TopName), error.Option);
        Assert.Contains("for example", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_differs_from_the_top_function() =>
        Assert.Throws<HlsOptionException>(() => Emit(new HlsOptions { TopName = "net", Namespace = "net" }));

    [Theory]
    [InlineData("")]
    [InlineData("xc7 z020")]
    [InlineData("part]; exec rm")]
    public void A_part_is_a_part(string part) => Assert.Throws<HlsOptionException>(() => Emit(new HlsOptions { Part = part }));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_clock_has_a_period(double period) => Assert.Throws<HlsOptionException>(() => Emit(new HlsOptions { ClockPeriod = period }));

    [Fact]
    public void A_choice_that_does_not_exist_lists_those_that_do() =>
        Assert.Contains("VivadoHls, VitisHls", Assert.Throws<HlsOptionException>(() => Emit(new HlsOptions { Tool = (HlsTool)9 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(HlsTool.VivadoHls, "open_solution solution1")]
    [InlineData(HlsTool.VitisHls, "open_solution -flow_target vivado solution1")]
    public void Options_reach_the_script(HlsTool tool, string line)
    {
        var script = Emit(new HlsOptions { Tool = tool, Part = "xc7z020clg400-1", ClockPeriod = 2.5, ClockUncertainty = 10 }).Files["build_prj.tcl"].Split('\n');
        Assert.Contains(line, script);
        Assert.Contains("set_part {xc7z020clg400-1}", script);
        Assert.Contains("create_clock -period 2.5 -name default", script);
        Assert.Contains("set_clock_uncertainty 10% default", script);
    }

    [Theory]
    [InlineData(HlsPipelineStyle.Automatic, "#pragma HLS PIPELINE II=1")]
    [InlineData(HlsPipelineStyle.Pipeline, "#pragma HLS PIPELINE II=1")]
    [InlineData(HlsPipelineStyle.Dataflow, "#pragma HLS DATAFLOW")]
    public void The_pipeline_style_reaches_the_top_function(HlsPipelineStyle style, string pragma) =>
        Assert.Contains(pragma, Emit(new HlsOptions { PipelineStyle = style }).Files["firmware/small.cpp"].Split('\n'));

    [Fact]
    public void Dataflow_needs_a_chain() => Assert.Contains(
        "read 2 times",
        Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Subtract(), new HlsOptions { PipelineStyle = HlsPipelineStyle.Dataflow })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(HlsPortProtocol.Valid, "ap_vld", "ap_ctrl_hs")]
    [InlineData(HlsPortProtocol.None, "ap_none", "ap_ctrl_none")]
    public void Ports_are_wires_with_a_valid_signal_or_wires_alone(HlsPortProtocol protocol, string port, string control)
    {
        var lines = Emit(new HlsOptions { PortProtocol = protocol }).Files["firmware/small.cpp"].Split('\n');
        Assert.Contains("#pragma HLS INTERFACE ap_none port=x", lines);
        Assert.Contains($"#pragma HLS INTERFACE {port} port=layer_result", lines);
        Assert.Contains($"#pragma HLS INTERFACE {control} port=return", lines);
        Assert.Contains("#pragma HLS ARRAY_PARTITION variable=x complete", lines);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(double.NaN)]
    public void A_clock_uncertainty_is_a_part_of_the_period(double percent) =>
        Assert.Contains("0 to 99 percent", Assert.Throws<HlsOptionException>(() => Emit(new HlsOptions { ClockUncertainty = percent })).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_choice_that_does_not_exist_lists_those_that_do()
    {
        (HlsOptions Options, string Right)[] wrong =
        [
            (new HlsOptions { IoType = (HlsIoType)9 }, "Parallel, Stream"),
            (new HlsOptions { PortProtocol = (HlsPortProtocol)9 }, "Valid, None"),
            (new HlsOptions { PipelineStyle = (HlsPipelineStyle)9 }, "Automatic, Pipeline, Dataflow, None"),
            (new HlsOptions { InputOverflow = (HlsInputOverflow)9 }, "Model, Wrap, Saturate"),
        ];
        Assert.All(wrong, option => Assert.Contains(option.Right, Assert.Throws<HlsOptionException>(() => Emit(option.Options)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_namespace_is_the_one_that_was_asked_for() =>
        Assert.Contains("namespace inner {", Emit(new HlsOptions { Namespace = "inner" }).Files["firmware/layers/layer.h"].Split('\n'));

    [Theory]
    [InlineData(HlsInputOverflow.Model, "AP_SAT")]
    [InlineData(HlsInputOverflow.Wrap, "AP_WRAP")]
    [InlineData(HlsInputOverflow.Saturate, "AP_SAT")]
    public void The_overflow_at_the_input_port_reaches_its_type(HlsInputOverflow overflow, string mode) =>
        Assert.Contains($"typedef ap_fixed<6, 3, AP_RND, {mode}> x_t;", Emit(new HlsOptions { InputOverflow = overflow }).Files["firmware/types.h"].Split('\n'));

    [Fact]
    public void The_port_type_rounds_and_limits_as_the_model_does() =>
        Assert.Contains("typedef ap_fixed<6, 3, AP_RND, AP_SAT> x_t;", Emit(new HlsOptions()).Files["firmware/types.h"].Split('\n'));

    [Fact]
    public void All_files_of_a_project_are_there() => Assert.Equal(
        [
            "Makefile", "build_prj.tcl", "firmware/layers/layer.cpp", "firmware/layers/layer.h", "firmware/layers/q.cpp", "firmware/layers/q.h", "firmware/small.cpp",
            "firmware/small.h", "firmware/types.h", "hls_config.cfg",
            "kit/block_design.tcl", "kit/package_ip.tcl", "kit/small_instance.v", "kit/small_instance.vhd", "model.hgq.json", "report.json", "report.md", "sim/ap_fixed.h",
                "sim/ap_int.h", "tb/small_tb.cpp", "tb/vectors.dat",
        ],
        HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions(), "{}").Files.Keys.ToArray());

    private static HlsProject Emit(HlsOptions options) => HlsEmitter.Emit(SmallPrograms.Dense(), options);
}
