using System;
using System.Linq;
using HGQ.Testing;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests;

/// <summary>The text of one layer, compared with what was reviewed. HGQ_UPDATE_GOLDENS=1 renews the files.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("amd", VerilogTarget.Amd, null)]
    [InlineData("generic", VerilogTarget.Generic, 1)]
    public void A_layer_is_printed_as_it_was_reviewed(string name, VerilogTarget target, int? levels)
    {
        var project = VerilogEmitter.Emit(
            SmallNets.Lower(SmallNets.Dense4x3), new VerilogOptions { Target = target, PipelineLevels = levels, Vectors = 0 });
        string layer = project.Files["rtl/tiny_dense.v"];

        GoldenText.AssertEqual(RepositoryRoot.Combine("tests", "HGQ.VerilogEmit.Tests", "Goldens", name + ".v"), layer);
        Assert.InRange(layer.Split('\n').Length, 1, target == VerilogTarget.Amd ? 150 : 200);
    }

    [Fact]
    public void The_same_program_and_options_give_the_same_bytes()
    {
        var program = SmallNets.Lower(SmallNets.Dense4x3);
        var options = new VerilogOptions { Vectors = 50 };

        Assert.Equal(VerilogEmitter.Emit(program, options).Files.ToArray(), VerilogEmitter.Emit(program, options).Files.ToArray());
    }

    [Fact]
    public void Every_line_of_text_ends_as_in_Unix_and_is_ASCII()
    {
        var files = VerilogEmitter.Emit(SmallNets.Usual, new VerilogOptions { Vectors = 0 }).Files;

        Assert.All(files, file =>
            Assert.True(file.Value.All(c => c == '\n' || c is >= ' ' and <= '~' || (c == '\t' && file.Key == "Makefile")), file.Key));
        Assert.All(files, file => Assert.EndsWith("\n", file.Value, StringComparison.Ordinal));
    }
}
