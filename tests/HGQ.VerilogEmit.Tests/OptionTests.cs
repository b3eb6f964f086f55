using System;
using System.IO;
using System.Linq;
using HGQ.Testing;
using HGQ.Testing.Names;
using HGQ.VerilogEmit.Names;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests;

/// <summary>Options, names and folders that make no sense are refused with what to do.</summary>
public sealed class OptionTests
{
    [Fact]
    public void A_part_without_known_carry_chains_is_refused_and_generic_takes_it()
    {
        var options = new VerilogOptions { Part = "xcvc1902-vsva2197-2MP-e-S", Vectors = 0 };

        Assert.Contains("CARRY4", Refused(options).Message, StringComparison.Ordinal);
        Assert.Equal("model_small", VerilogEmitter.Emit(SmallNets.Usual, options with { Target = VerilogTarget.Generic }).Name);
    }

    [Theory]
    [InlineData("xcvu13p-flga2577-2-e", "CARRY8")]
    [InlineData("xczu7ev-ffvc1156-2-e", "CARRY8")]
    [InlineData("xck26-sfvc784-2LV-c", "CARRY8")]
    [InlineData("xcku040-ffva1156-2-e", "CARRY8")]
    [InlineData("xc7a35tcpg236-1", "CARRY4")]
    [InlineData("xc7z020clg400-1", "CARRY4")]
    [InlineData("xa7a50tcsg324-1I", "CARRY4")]
    public void The_family_of_a_part_says_what_its_chains_are(string part, string cell)
    {
        string layer = VerilogEmitter.Emit(SmallNets.Lower(SmallNets.Dense4x3), new VerilogOptions { Part = part, Vectors = 0 })
            .Files["rtl/tiny_dense.v"];

        Assert.Contains($"  {cell} carry", layer, StringComparison.Ordinal);
        Assert.DoesNotContain(cell == "CARRY8" ? "CARRY4" : "CARRY8", layer, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Equal("ClockPeriod", Refused(new VerilogOptions { ClockPeriod = 0 }).Option);
        Assert.Equal("PipelineLevels", Refused(new VerilogOptions { PipelineLevels = 0 }).Option);
        Assert.Equal("PipelineLevels", Refused(new VerilogOptions { PipelineLevels = null, OutputRegisters = true }).Option);
        Assert.Equal("Effort", Refused(new VerilogOptions { Effort = 4 }).Option);
        Assert.Equal("Part", Refused(new VerilogOptions { Part = "a part; exit" }).Option);
        Assert.Equal("InputRegisters", Refused(new VerilogOptions { Io = VerilogIo.Stream, OutputRegisters = true }).Option);
        Assert.Equal("Target", Refused(new VerilogOptions { Target = (VerilogTarget)7 }).Option);
    }

    [Theory]
    [InlineData("module")]
    [InlineData("ENTITY")]
    [InlineData("logic")]
    [InlineData("class")]
    [InlineData("CARRY8")]
    [InlineData("a__b")]
    [InlineData("_a")]
    [InlineData("a_")]
    [InlineData("1a")]
    [InlineData("")]
    public void A_top_that_some_language_does_not_read_is_refused(string top) =>
        Assert.Contains("for example", Refused(new VerilogOptions { TopName = top }).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_name_gives_an_identifier()
    {
        var names = HostileNames.Listed.Select(VerilogName.Top).ToArray();

        Assert.All(names, name => Assert.True(VerilogName.IsIdentifier(name), name));
        Assert.Equal(VerilogName.Top(new string('L', 300)), VerilogName.Top(new string('L', 300)));
        Assert.NotEqual(VerilogName.Top(new string('L', 300)), VerilogName.Top(new string('L', 301)));
    }

    [Fact]
    public void A_folder_with_other_things_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("thesis.txt"), "mine");
        var project = VerilogEmitter.Emit(SmallNets.Usual, new VerilogOptions { Vectors = 0 });

        Assert.Contains("--force", Assert.Throws<VerilogEmitException>(() => project.Write(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private static VerilogOptionException Refused(VerilogOptions options) =>
        Assert.Throws<VerilogOptionException>(() => VerilogEmitter.Emit(SmallNets.Usual, options));
}
