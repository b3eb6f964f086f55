using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

public sealed class SimulationTests
{
    [Fact]
    public void A_missing_tool_is_a_reason_and_never_a_pass()
    {
        Assert.Equal("no g++ or clang++ on the PATH", HlsSimulation.MissingOn(""));
        Assert.Equal("no g++ or clang++ on the PATH", HlsSimulation.MissingOn(null));
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine(OperatingSystem.IsWindows() ? "clang++.exe" : "clang++"), "");
        Assert.Equal("no make on the PATH", HlsSimulation.MissingOn(folder.Path));
    }

    [ToolFact("g++", "make")]
    public void A_layer_of_another_model_is_found_and_named()
    {
        using var folder = new TemporaryFolder();
        var project = WithFileOf(SmallPrograms.Dense(SmallPrograms.Input, weight: 10), "firmware/layers/layer.cpp", folder);
        var (passed, output) = HlsSimulation.Build(folder.Path, project.Name).Check();
        Assert.False(passed);
        Assert.Matches("first difference: sample \\d+, layer layer, element 1: expected -?\\d+, got -?\\d+", output);
    }

    [ToolFact("g++", "make")]
    public void Wires_of_another_width_at_the_border_of_a_layer_do_not_compile()
    {
        using var folder = new TemporaryFolder();
        var wider = new FixedPointFormat(SmallPrograms.Input.Signed, SmallPrograms.Input.IntegerBits + 1, SmallPrograms.Input.FractionBits);
        var project = WithFileOf(SmallPrograms.Dense(wider, weight: 12), "firmware/layers/q.h", folder);
        var error = Assert.Throws<HlsSimulationException>(() => HlsSimulation.Build(folder.Path, project.Name));
        Assert.Contains("static assertion failed: q.v", error.Message, StringComparison.Ordinal);
    }

    // The project of one model with a file of another one's.
    private static HlsProject WithFileOf(IntegerProgram other, string file, TemporaryFolder folder)
    {
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions());
        HlsProjectWriter.Write(project, folder.Path);
        string text = HlsEmitter.Emit(other, new HlsOptions()).Files[file];
        Assert.NotEqual(project.Files[file], text);
        File.WriteAllText(folder.Combine(file), text);
        return project;
    }

    [ToolFact("g++", "make")]
    public void A_source_that_does_not_compile_gives_the_compilers_error()
    {
        using var folder = new TemporaryFolder();
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions());
        HlsProjectWriter.Write(project, folder.Path);
        File.AppendAllText(folder.Combine("firmware", "layers", "layer.cpp"), "nonsense\n");
        var error = Assert.Throws<HlsSimulationException>(() => HlsSimulation.Build(folder.Path, project.Name));
        Assert.Contains("nonsense", error.Message, StringComparison.Ordinal);
    }

    [SkippableVendorFact]
    public Task The_vendors_headers_give_the_same_bits() => HlsRun.AssertCsim(AnyNetwork.Create(12, 5, 4), new HlsOptions(), "OPT=-O0", "AP_TYPES=" + SkippableVendorFactAttribute.Folder);

    [ToolFact("g++", "make")]
    public void Wide_and_degenerate_formats_are_exact() => HlsRun.AssertEqual(Degenerate());

    [ToolFact("g++", "make")]
    public void A_sum_of_thousands_of_digits_is_split_over_functions()
    {
        var any = new AnyModel(3) { MaxWidth = 12 };
        var program = SmallPrograms.Lower([700], any.DenseOf("layer", "q", 700, 2, false));
        var project = HlsRun.AssertEqual(program);
        Assert.Contains("layer_sum_part_1(x, y)", project.Files["firmware/layers/layer.cpp"] + project.Files.GetValueOrDefault("firmware/layers/layer_1.cpp"), StringComparison.Ordinal);
    }

    [ToolTheory("g++", "make")]
    [InlineData(HlsInputOverflow.Saturate)]
    [InlineData(HlsInputOverflow.Wrap)]
    public void Codes_of_the_model_pass_every_kind_of_input_port(HlsInputOverflow overflow) =>
        HlsRun.AssertEqual(AnyModel.Dense(8, "net", 9, 6, 3), new HlsOptions { InputOverflow = overflow });

    /// <summary>Widths of 0, 1 and 64 bits, steps above the range, and constants as results, side by side.</summary>
    private static IntegerProgram Degenerate()
    {
        var formats = new FixedPointFormat[] { new(true, 63, 0), new(false, 64, 0), new(false, 32, 32), new(true, -3, 4), new(false, -2, 3), new(false, 0, 0), new(true, 5, -5), new(true, 40, -20) };
        var shape = TensorShape.Of(formats.Length);
        var layers = new List<LayerNode> { new InputLayer("x", shape), new QuantizeLayer("q", "x", new QuantizerSpec(new TensorFormat(shape, formats), RoundingMode.RoundHalfUp, OverflowMode.Saturate)) };
        var outputs = new List<string> { "q" };
        foreach (var rounding in Enum.GetValues<RoundingMode>())
        {
            foreach (var overflow in new[] { OverflowMode.Wrap, OverflowMode.Saturate, OverflowMode.SaturateSymmetric, OverflowMode.SaturateToZero })
            {
                var name = $"{rounding}_{overflow}";
                var index = outputs.Count;
                var targets = formats.Select((f, e) => ((index + e) % 4) switch
                {
                    0 => new FixedPointFormat(f.Signed, 5, f.FractionBits - 3),
                    1 => new FixedPointFormat(true, 7 - f.FractionBits, f.FractionBits - 60),
                    2 => new FixedPointFormat(e % 2 == 0, 3, 2),
                    _ => new FixedPointFormat(false, f.IntegerBits - 4, 63 - f.IntegerBits),
                }).Select(f => f.Width > 64 ? new FixedPointFormat(true, 31, 32) : f).ToArray();
                layers.Add(new QuantizeLayer(name, "q", new QuantizerSpec(new TensorFormat(shape, targets), rounding, overflow)));
                outputs.Add(name);
            }
        }

        return Lowerer.Lower(AnyModel.Graph("degenerate", layers, outputs.ToArray()));
    }
}
