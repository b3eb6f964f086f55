using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Projects of <c>ac_int</c> types (docs/hls.md, other tools).</summary>
public sealed class AcTypesTests
{
    private static readonly HlsOptions Ac = new() { Types = HlsTypes.Ac, Vectors = 0 };

    [Fact]
    public void A_layer_is_emitted_as_it_was_reviewed()
    {
        var files = HlsEmitter.Emit(SmallPrograms.Wide(), Ac).Files;
        string[] shown = ["firmware/types.h", "firmware/small.cpp", "firmware/layers/layer.h", "firmware/layers/layer.cpp"];
        var text = string.Concat(shown.Select(path => $"==== {path}\n{files[path]}"));
        GoldenText.AssertEqual(RepositoryRoot.Combine("tests", "HGQ.HlsEmit.Tests", "Goldens", "ac.txt"), text);
        Assert.InRange(text.Split('\n').Length, 1, 150);
    }

    [Theory]
    [InlineData(HlsIoType.Parallel)]
    [InlineData(HlsIoType.Stream)]
    public void A_project_holds_nothing_of_other_tools(HlsIoType io)
    {
        var files = HlsEmitter.Emit(SmallPrograms.Convolution(), Ac with { IoType = io }, "{}").Files;
        Assert.Equal(
            [
                "Makefile", "directives.tcl", "firmware/layers/layer.cpp", "firmware/layers/layer.h", "firmware/layers/q.cpp",
                "firmware/layers/q.h", "firmware/small.cpp", "firmware/small.h", "firmware/types.h", "model.hgq.json",
                "report.json", "report.md",
                .. io == HlsIoType.Stream ? ["sim/ac_channel.h"] : Array.Empty<string>(),
                "sim/ac_fixed.h", "sim/ac_int.h", "tb/small_tb.cpp", "tb/vectors.dat",
            ],
            files.Keys);
        foreach (var (path, text) in files.Where(file => file.Key is not "report.md" and not "model.hgq.json"))
        {
            Assert.DoesNotContain("#pragma HLS", text, StringComparison.Ordinal);
            Assert.False(text.Contains("ap_", StringComparison.Ordinal) || text.Contains("hls::", StringComparison.Ordinal), path);
        }
    }

    [ToolTheory("g++", "make")]
    [InlineData(31, HlsIoType.Parallel)]
    [InlineData(32, HlsIoType.Stream)]
    public void Any_sample_gives_the_integers_of_the_interpreter(int seed, HlsIoType io) =>
        HlsRun.AssertEqual(AnyNetwork.Create(seed, 6, 5), Ac with { IoType = io, Vectors = 200 });

    // Codes at several places of a wide port, saturation at the port, and every rounding.
    [ToolTheory("g++", "make")]
    [InlineData(HlsInputOverflow.Model)]
    [InlineData(HlsInputOverflow.Saturate)]
    public void Codes_of_a_wide_port_are_taken_out_bit_for_bit(HlsInputOverflow overflow)
    {
        FixedPointFormat[] formats = [new(true, 2, 3), new(false, 5, -1), new(true, 1, 21), new(false, 0, 9), new(true, 30, 2)];
        var quantizer = new QuantizerSpec(
            new TensorFormat(TensorShape.Of(5), formats), RoundingMode.RoundHalfEven, OverflowMode.SaturateSymmetric);
        var layers = new List<LayerNode> { new InputLayer("x", TensorShape.Of(5)), new QuantizeLayer("q", "x", quantizer) };
        foreach (var rounding in Enum.GetValues<RoundingMode>())
        {
            var coarse = SmallPrograms.To([5], new FixedPointFormat(true, 3, 1), OverflowMode.Saturate, rounding);
            layers.Add(new QuantizeLayer($"r{(int)rounding}", "q", coarse));
        }

        var program = Lowerer.Lower(AnyModel.Graph("wide", layers, [.. layers.Skip(1).Select(layer => layer.Name)]));
        HlsRun.AssertEqual(program, Ac with { InputOverflow = overflow, Vectors = 500 });
    }

    [AcHeadersFact]
    public Task The_makefile_takes_the_open_headers() => HlsRun.AssertCsim(
        AnyNetwork.Create(33, 4, 4), Ac with { IoType = HlsIoType.Stream, Vectors = 100 },
        "OPT=-O0", "EXTRA=-Werror", "AC_TYPES=" + AcHeadersFactAttribute.Folder);

    public static TheoryData<string, string, string> Refused() => new()
    {
        { nameof(HlsOptions.Bus), "'axi' is a function for AMD's tools", "take the types ap" },
        { nameof(HlsOptions.WordBits), "Words of a given size", "leave them out" },
        { nameof(HlsOptions.Tool), "'vivado_hls' reads no ac types", "directives.tcl is for Catapult" },
        { nameof(HlsOptions.PortProtocol), "'ap_none' is a directive of AMD's tools", "-MAP_TO_MODULE" },
        { nameof(HlsOptions.BlockProtocol), "'ap_ctrl_chain' is one of AMD's tools", "choose the handshake" },
        { nameof(HlsOptions.PipelineStyle), "'dataflow' of arrays", "io type 'stream'" },
        { nameof(HlsOptions.Types), "Types '9' does not exist", "Ap, Ac" },
        { nameof(HlsOptions.LayerReuseFactors), "needs streams (--io stream)", "one reuse factor for all" },
        { nameof(HlsOptions.ReuseFactor), "any with streams", "pipeline" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_belongs_to_other_tools_is_refused_by_name(string option, string reason, string instead)
    {
        var options = option switch
        {
            nameof(HlsOptions.Bus) => Ac with { Bus = HlsBus.AxiMaster },
            nameof(HlsOptions.WordBits) => Ac with { WordBits = 64 },
            nameof(HlsOptions.Tool) => Ac with { Tool = HlsTool.VivadoHls },
            nameof(HlsOptions.PortProtocol) => Ac with { PortProtocol = HlsPortProtocol.None },
            nameof(HlsOptions.BlockProtocol) => Ac with { BlockProtocol = HlsBlockProtocol.Chain },
            nameof(HlsOptions.PipelineStyle) => Ac with { PipelineStyle = HlsPipelineStyle.Dataflow },
            nameof(HlsOptions.Types) => Ac with { Types = (HlsTypes)9 },
            nameof(HlsOptions.LayerReuseFactors) => Ac with { LayerReuseFactors = FoldTests.Of("layer", 2) },
            nameof(HlsOptions.ReuseFactor) => Ac with { PipelineStyle = HlsPipelineStyle.None, ReuseFactor = 2 },
            _ => throw new ArgumentOutOfRangeException(nameof(option), option, "no such case"),
        };
        var error = Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), options));
        Assert.Equal(option, error.Option);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(instead, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reuse_factor_is_the_interval_of_the_function()
    {
        var project = HlsEmitter.Emit(SmallPrograms.Wide(), Ac with { ReuseFactor = 4 });
        Assert.Contains(
            "#pragma hls_design top\n#pragma hls_pipeline_init_interval 4\nvoid small(",
            project.Files["firmware/small.cpp"], StringComparison.Ordinal);
        Assert.Contains("streams (--io stream) fold dense layers", project.Files["report.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_that_stays_one_computes_as_many_positions_as_the_model_says()
    {
        var program = SmallPrograms.Lower([6, 2], SmallPrograms.ConvolutionLayer() with { ParallelFactor = 2 });
        var layer = HlsEmitter.Emit(program, Ac).Files["firmware/layers/layer.cpp"];
        Assert.Contains("#pragma hls_unroll 2\n  for (int p = 0; p < 6; p++) {\n", layer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_is_a_block_and_a_folded_layer_a_pipelined_loop()
    {
        var options = Ac with { IoType = HlsIoType.Stream, LayerReuseFactors = FoldTests.Of("layer", 2) };
        var files = HlsEmitter.Emit(SmallPrograms.Wide(), options).Files;
        Assert.Contains("#pragma hls_design block\nstatic void layer_process(", files["firmware/small.cpp"], StringComparison.Ordinal);
        Assert.Contains("  static ac_channel<small_layers::q_token> q_to_layer;\n", files["firmware/small.cpp"], StringComparison.Ordinal);
        Assert.Contains(
            "#pragma hls_pipeline_init_interval 1\n  for (int phase = 0; phase < 2; phase++) {\n",
            files["firmware/layers/layer.cpp"], StringComparison.Ordinal);
        Assert.Contains("directive set /small/q_to_layer:cns -FIFO_DEPTH 2\n", files["directives.tcl"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ac_int", "layer_ac_int")]
    [InlineData("AC_MAX", "layer_AC_MAX")]
    [InlineData("OPS_WITH_INT", "layer_OPS_WITH_INT")]
    public void A_layer_is_not_called_like_something_of_the_headers(string layer, string name)
    {
        var quantize = new QuantizeLayer(layer, "x", SmallPrograms.To([2], SmallPrograms.Input, OverflowMode.Wrap));
        var program = Lowerer.Lower(AnyModel.Graph("int5", [new InputLayer("x", TensorShape.Of(2)), quantize], layer));
        var ac = HlsEmitter.Emit(program, Ac);
        Assert.Equal("model_int5", ac.Name);
        Assert.Contains($"firmware/layers/{name}.h", ac.Files.Keys);

        // Where there are no such headers, names stay what they are.
        var ap = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0 });
        Assert.Equal("int5", ap.Name);
        Assert.Contains($"firmware/layers/{layer}.h", ap.Files.Keys);
    }

    [Fact]
    public void A_top_function_is_not_called_like_something_of_the_headers() => Assert.Contains(
        "model_ac_top",
        Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(SmallPrograms.Dense(), Ac with { TopName = "ac_top" })).Message,
        StringComparison.Ordinal);
}
