using System;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>The text of one layer each, and of softmax and attention, compared and run. HGQ_UPDATE_GOLDENS=1 renews the files.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("dense")]
    [InlineData("convolution")]
    [InlineData("table")]
    [InlineData("pool")]
    [InlineData("subtract")]
    [InlineData("matmul")]
    [InlineData("clamp")]
    [InlineData("softmax")]
    [InlineData("attention")]
    public void A_layer_is_emitted_as_it_was_reviewed(string name)
    {
        var files = HlsEmitter.Emit(Program(name), new HlsOptions()).Files;
        var layers = files.Where(f => f.Key.StartsWith("firmware/layers/layer", StringComparison.Ordinal)).ToList();
        var text = string.Concat(layers.Select(f => $"==== {f.Key}\n{f.Value}"));
        AssertReviewed(name, text);
        Assert.All(layers, f => Assert.InRange(f.Value.Split('\n').Length, 1, 110));
    }

    [Fact]
    public void Streams_are_emitted_as_they_were_reviewed()
    {
        var files = HlsEmitter.Emit(SmallPrograms.Lower([6, 2], SmallPrograms.ConvolutionLayer() with { ParallelFactor = 1 }), new HlsOptions { IoType = HlsIoType.Stream }).Files;
        AssertReviewed("stream", string.Concat(new[] { "firmware/types.h", "firmware/small.cpp", "firmware/layers/layer.cpp" }.Select(name => $"==== {name}\n{files[name]}")));
    }

    [Fact]
    public void A_folded_layer_is_emitted_as_it_was_reviewed_and_explained()
    {
        var files = HlsEmitter.Emit(SmallPrograms.Wide(), new HlsOptions { LayerReuseFactors = FoldTests.Of("layer", 2) }).Files;
        var text = files["firmware/layers/layer.cpp"];
        AssertReviewed("fold", text);
        var document = System.IO.File.ReadAllText(RepositoryRoot.Combine("docs", "hls.md"));
        Assert.Contains($"```text\n{text.Trim()}\n```", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HlsBus.Packed)]
    [InlineData(HlsBus.AxiStream)]
    [InlineData(HlsBus.AxiMaster)]
    public void A_bus_is_emitted_as_it_was_reviewed(HlsBus bus)
    {
        var files = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Bus = bus, WordBits = bus == HlsBus.Packed ? null : 32 }).Files;
        string[] folders = ["firmware/small_", "host/", "sim/x"];
        var text = files.Where(f => folders.Any(folder => f.Key.StartsWith(folder, StringComparison.Ordinal)))
            .Select(f => $"==== {f.Key}\n{f.Value}");
        AssertReviewed("bus-" + bus.ToString().ToLowerInvariant(), string.Concat(text));
    }

    [ToolTheory("g++", "make")]
    [InlineData("dense")]
    [InlineData("convolution")]
    [InlineData("table")]
    [InlineData("pool")]
    [InlineData("subtract")]
    [InlineData("matmul")]
    [InlineData("clamp")]
    [InlineData("softmax")]
    [InlineData("attention")]
    public void The_layer_gives_the_integers_of_the_interpreter(string name) => HlsRun.AssertEqual(Program(name));

    private static void AssertReviewed(string name, string text) =>
        GoldenText.AssertEqual(RepositoryRoot.Combine("tests", "HGQ.HlsEmit.Tests", "Goldens", name + ".txt"), text);

    internal static IntegerProgram Program(string name) => name switch
    {
        "dense" => SmallPrograms.Dense(),
        "convolution" => SmallPrograms.Convolution(),
        "table" => SmallPrograms.Table(),
        "pool" => SmallPrograms.Pool(),
        "subtract" => SmallPrograms.Subtract(),
        "matmul" => SmallPrograms.MatMul(),
        "clamp" => SmallPrograms.Clamp(),
        "softmax" => SmallPrograms.Softmax(),
        "attention" => SmallPrograms.Attention(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such program"),
    };
}
