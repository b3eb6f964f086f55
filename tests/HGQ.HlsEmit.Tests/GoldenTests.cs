using System;
using System.IO;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>The text of one layer each, compared and run. HGQ_UPDATE_GOLDENS=1 renews the files.</summary>
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
    public void A_layer_is_emitted_as_it_was_reviewed(string name)
    {
        var files = HlsEmitter.Emit(Program(name), new HlsOptions()).Files;
        var text = string.Concat(files.Where(f => f.Key.StartsWith("firmware/layers/layer", StringComparison.Ordinal)).Select(f => $"==== {f.Key}\n{f.Value}"));
        var path = RepositoryRoot.Combine("tests", "HGQ.HlsEmit.Tests", "Goldens", name + ".txt");
        if (Environment.GetEnvironmentVariable("HGQ_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
        Assert.InRange(text.Split('\n').Length, 1, 150);
    }

    [ToolTheory("g++", "make")]
    [InlineData("dense")]
    [InlineData("convolution")]
    [InlineData("table")]
    [InlineData("pool")]
    [InlineData("subtract")]
    [InlineData("matmul")]
    [InlineData("clamp")]
    public void The_layer_gives_the_integers_of_the_interpreter(string name) => HlsRun.AssertEqual(Program(name));

    private static IntegerProgram Program(string name) => name switch
    {
        "dense" => SmallPrograms.Dense(),
        "convolution" => SmallPrograms.Convolution(),
        "table" => SmallPrograms.Table(),
        "pool" => SmallPrograms.Pool(),
        "subtract" => SmallPrograms.Subtract(),
        "matmul" => SmallPrograms.MatMul(),
        "clamp" => SmallPrograms.Clamp(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such program"),
    };
}
