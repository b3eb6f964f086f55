using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Dense products in several clock cycles: values, schedule, what it saves, and what is refused.</summary>
public sealed class FoldTests
{
    private static readonly HlsOptions Few = new() { Vectors = 200 };

    /// <summary>A reuse factor of one layer.</summary>
    internal static Dictionary<string, int> Of(string layer, int factor) => new() { [layer] = factor };

    /// <summary>A reuse factor for each dense layer of a program.</summary>
    internal static Dictionary<string, int> Dense(IntegerProgram program, int factor) => program.Instructions
        .OfType<ConstantProductInstruction>()
        .Where(product => product is { Positions: 1, Groups: 1 } && Math.Max(product.Taps, product.Outputs) > 1)
        .ToDictionary(product => product.Layer, product => Math.Min(factor, Math.Max(product.Taps, product.Outputs)));

    [ToolTheory("g++", "make")]
    [InlineData(3, 9, 7, 2, HlsIoType.Parallel, HlsStrategy.Adders)]
    [InlineData(4, 9, 7, 8, HlsIoType.Stream, HlsStrategy.Dsp)]
    [InlineData(5, 30, 2, 8, HlsIoType.Parallel, HlsStrategy.Auto)]
    [InlineData(6, 3, 20, 7, HlsIoType.Stream, HlsStrategy.Adders)]
    public void A_folded_product_gives_the_integers_of_the_interpreter(
        int seed, int inputs, int outputs, int reuse, HlsIoType io, HlsStrategy strategy)
    {
        var any = new AnyModel(seed);
        var program = SmallPrograms.Lower(
            [inputs], any.DenseOf("layer", "q", inputs, outputs, true), any.DenseOf("last", "layer", outputs, 4, false));
        var options = Few with { IoType = io, Strategy = strategy, LayerReuseFactors = Of("layer", reuse) };
        Assert.Equal(reuse, HlsRun.AssertEqual(program, options).Report.Layers.Single(layer => layer.Layer == "layer").Fold!.Phases);
    }

    [ToolFact("g++", "make")]
    public void Wide_sums_are_exact_modulo_their_width()
    {
        var any = new AnyModel(9) { MaxWidth = 24 };
        HlsRun.AssertEqual(SmallPrograms.Lower([6], new FixedPointFormat(true, 26, 6), any.DenseOf("layer", "q", 6, 5, false)), Few with
        {
            LayerReuseFactors = Of("layer", 3),
        });
    }

    [ToolFact("g++", "make")]
    public void A_large_product_is_split_over_functions()
    {
        var any = new AnyModel(12);
        var project = HlsRun.AssertEqual(SmallPrograms.Lower([90], any.DenseOf("layer", "q", 90, 50, false)), Few with
        {
            Vectors = 0,
            LayerReuseFactors = Of("layer", 2),
        });
        Assert.Contains("    layer_sum_1(phase, q_y, layer_sum_y);", project.Files["firmware/layers/layer.cpp"].Split('\n'));
    }

    [ToolTheory("g++", "make")]
    [InlineData("for (int phase = 1; phase >= 0; phase--) {", "layer layer: 2 clocks expected, -1 done in order")]
    [InlineData("for (int phase = 0; phase < 1; phase++) {", "layer layer: 2 clocks expected, 1 done in order")]
    public async Task The_test_bench_knows_the_schedule(string loop, string message)
    {
        using var folder = new TemporaryFolder();
        HlsProjectWriter.Write(HlsEmitter.Emit(SmallPrograms.Wide(), Few with { LayerReuseFactors = Of("layer", 2) }), folder.Path);
        var path = folder.Combine("firmware", "layers", "layer.cpp");
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains("for (int phase = 0; phase < 2; phase++) {", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace("for (int phase = 0; phase < 2; phase++) {", loop, StringComparison.Ordinal));
        var run = await ToolProcess.RunAsync("make", ["csim"], folder.Path, TimeSpan.FromMinutes(10));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    /// <summary>Each weight is multiplied in one phase by one multiplier, of which no more stand there than the factor asks for.</summary>
    [Theory]
    [InlineData(64, 32, 16)]
    [InlineData(16, 5, 16)]
    [InlineData(5, 64, 64)]
    public void Multipliers_are_shared_by_as_many_weights_as_there_are_phases(int inputs, int outputs, int reuse)
    {
        var weights = Enumerable.Range(0, inputs * outputs).Select(n => (long)(1 + (n * 37 % 31)) * (n % 3 == 0 ? -1 : 1)).ToArray();
        var program = SmallPrograms.Lower(
            [inputs], new DenseLayer("layer", "q", SmallPrograms.Constants([inputs, outputs], weights), null, ActivationKind.Linear, null));
        var project = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0, ReuseFactor = reuse });
        var layer = project.Report.Layers.Single(l => l.Layer == "layer");
        var fold = layer.Fold!;
        Assert.Equal(reuse, fold.Phases);
        Assert.InRange(fold.Multipliers, 1, Math.Max(inputs * ((outputs + reuse - 1) / reuse), outputs * ((inputs + reuse - 1) / reuse)));
        Assert.True(layer.Luts < fold.UnfoldedLuts);
        Assert.True(layer.Clocks >= reuse);
        var text = project.Files["firmware/layers/layer.cpp"];
        Assert.Equal(fold.Multipliers, text.Split('\n').Count(line => line.EndsWith("[phase];", StringComparison.Ordinal)));
        Assert.Contains("#pragma HLS PIPELINE II=1 rewind", text, StringComparison.Ordinal);
        Assert.Contains("| layer | " + reuse, project.Files["report.md"], StringComparison.Ordinal);
        Assert.Contains("\"unfoldedLuts\": ", project.Files["report.json"], StringComparison.Ordinal);
    }

    [Fact]
    public void DSPs_are_shared_as_well()
    {
        var any = new AnyModel(78);
        var program = SmallPrograms.Lower([32], any.DenseOf("layer", "q", 32, 16, true));
        var fold = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0, ReuseFactor = 8, Strategy = HlsStrategy.Dsp })
            .Report.Layers.Single(l => l.Layer == "layer");
        Assert.InRange(fold.Dsps, 1, fold.Fold!.UnfoldedDsps / 3);
        Assert.Equal(fold.Fold.Multipliers, fold.DspProducts);
    }

    [Theory]
    [InlineData("layer", HlsTool.VivadoHls, "#pragma HLS RESOURCE variable=layer_rom_s5 core=ROM_1P_LUTRAM")]
    [InlineData("layer", HlsTool.VitisHls, "#pragma HLS BIND_STORAGE variable=layer_rom_s5 type=rom_1p impl=lutram")]
    public void Tables_have_the_directives_of_the_tool(string layer, HlsTool tool, string directive)
    {
        var project = HlsEmitter.Emit(SmallPrograms.Wide(), Few with { Tool = tool, LayerReuseFactors = Of(layer, 2) });
        Assert.Contains(directive, project.Files["firmware/layers/layer.cpp"].Split('\n'));
    }

    [Fact]
    public void A_factor_for_all_layers_folds_only_where_that_costs_less_and_the_report_says_so()
    {
        var project = HlsEmitter.Emit(SmallPrograms.Wide(), Few with { ReuseFactor = 2 });
        Assert.Null(project.Report.Layers.Single(l => l.Layer == "layer").Fold);
        Assert.Contains("layer 'layer' is not folded over 2 clocks", Assert.Single(project.Report.NotFolded), StringComparison.Ordinal);
        Assert.Contains("- layer 'layer' is not folded", project.Files["report.md"], StringComparison.Ordinal);
        Assert.Contains("#pragma HLS PIPELINE II=2", project.Files["firmware/small.cpp"], StringComparison.Ordinal);
        var asked = HlsEmitter.Emit(SmallPrograms.Wide(), Few with { LayerReuseFactors = Of("layer", 2) });
        Assert.Contains("costs more folded over 2 clocks", Assert.Single(asked.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void In_one_pipeline_nothing_is_folded_and_the_report_says_what_to_do()
    {
        var project = HlsEmitter.Emit(SmallPrograms.Wide(), Few with { ReuseFactor = 2, PipelineStyle = HlsPipelineStyle.Pipeline });
        Assert.Contains("--io stream", Assert.Single(project.Report.NotFolded), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layer", 5, "it has 4 inputs and 3 outputs to take turns with; at most 4.")]
    [InlineData("q", 2, "it multiplies by no constants; leave the factor out; those that can: layer.")]
    public void A_layer_that_cannot_be_folded_is_refused(string layer, int factor, string reason) => Assert.Contains(
        reason,
        Refusal(SmallPrograms.Wide(), new HlsOptions { LayerReuseFactors = Of(layer, factor) }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(HlsIoType.Stream)]
    [InlineData(HlsIoType.Parallel)]
    public void A_convolution_takes_turns_with_its_positions_already(HlsIoType io) => Assert.Contains(
        "The layer 'layer' cannot be folded over 2 clocks: its positions take turns already",
        Refusal(
            SmallPrograms.Lower([6, 2], SmallPrograms.ConvolutionLayer() with { ParallelFactor = 1 }),
            new HlsOptions { IoType = io, LayerReuseFactors = Of("layer", 2) }),
        StringComparison.Ordinal);

    private static string Refusal(IntegerProgram program, HlsOptions options) =>
        Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(program, options)).Message;
}
