using System;
using System.Collections.Generic;
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
    public void A_streamed_convolution_is_printed_as_it_was_reviewed()
    {
        var project = VerilogEmitter.Emit(SmallNets.Lower(SmallNets.Edge), new VerilogOptions { Io = VerilogIo.Stream, Vectors = 0 });
        string text = project.Files["rtl/sobel_conv_unit.v"];

        GoldenText.AssertEqual(RepositoryRoot.Combine("tests", "HGQ.VerilogEmit.Tests", "Goldens", "stream.v"), text);
        Assert.InRange((text + project.Files["rtl/sobel_conv.v"]).Split('\n').Length, 1, 150);
    }

    [Fact]
    public void The_same_program_and_options_give_the_same_bytes()
    {
        var program = SmallNets.Lower(SmallNets.Edge);
        var options = new VerilogOptions { Vectors = 50, Io = VerilogIo.Stream };
        Assert.Equal(VerilogEmitter.Emit(program, options).Files.ToArray(), VerilogEmitter.Emit(program, options).Files.ToArray());
        program = SmallNets.Lower(SmallNets.Dense4x3);
        options = options with { Io = VerilogIo.Wires };
        Assert.Equal(VerilogEmitter.Emit(program, options).Files.ToArray(), VerilogEmitter.Emit(program, options).Files.ToArray());
    }

    [Fact]
    public void Every_line_of_text_ends_as_in_Unix_and_is_ASCII()
    {
        IEnumerable<KeyValuePair<string, string>> files = VerilogEmitter.Emit(SmallNets.Usual, new VerilogOptions { Vectors = 0 }).Files;

        var options = new VerilogOptions { Vectors = 0, Io = VerilogIo.Stream };
        files = files.Concat(VerilogEmitter.Emit(SmallNets.Lower(SmallNets.Edge), options).Files);

        Assert.All(files, file =>
            Assert.True(file.Value.All(c => c == '\n' || c is >= ' ' and <= '~'
                || (c == '\t' && file.Key.EndsWith("Makefile", StringComparison.Ordinal))), file.Key));
        Assert.All(files, file => Assert.EndsWith("\n", file.Value, StringComparison.Ordinal));
    }
}
