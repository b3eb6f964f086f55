using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>directives.tcl as tclsh reads it, with the tool's commands recorded; a command or an option that is not known fails.</summary>
public sealed class CatapultTests
{
    // The commands of published scripts for Catapult, with the options that this script uses.
    private const string Stubs = """
        known project {-name}
        known solution {-state -type -exclude -- -rtlsyntool -vendor -technology}
        known directive {-MEM_MAP_THRESHOLD -CLOCKS -FIFO_DEPTH}
        known go {}

        """;

    [ToolFact("tclsh")]
    public async Task Without_a_technology_the_design_is_compiled()
    {
        var result = await RunAsync(HlsIoType.Parallel, null, null);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            [
                "project new -name small_prj", "solution new -state initial", "solution options defaults",
                "solution options set /Input/CppStandard c++11", "solution options set /Input/SearchPath firmware",
                "solution file add firmware/layers/layer.cpp -type C++", "solution file add firmware/layers/q.cpp -type C++",
                "solution file add firmware/small.cpp -type C++", "solution file add tb/small_tb.cpp -type C++ -exclude true",
                "go analyze", "directive set -MEM_MAP_THRESHOLD 131072", "go compile",
                "HGQ_LIBRARIES is not set: the design is compiled, and not scheduled", "project save",
            ],
            Lines(result));
    }

    [ToolFact("tclsh")]
    public async Task With_a_technology_it_goes_to_RTL()
    {
        const string nangate = "nangate-45nm_beh -- -rtlsyntool DesignCompiler -vendor Nangate -technology 045nm";
        var result = await RunAsync(HlsIoType.Stream, nangate + "; ccs_sample_mem", null);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            [
                "go compile", "solution library add " + nangate,
                "solution library add ccs_sample_mem", "go libraries",
                "directive set -CLOCKS {clk {-CLOCK_PERIOD 5 -CLOCK_UNCERTAINTY 0.625}}", "go assembly",
                "directive set /small/q_to_layer:cns -FIFO_DEPTH 2", "directive set /small/layer_to_layer_result:cns -FIFO_DEPTH 2",
                "go architect", "go allocate", "go extract", "project save",
            ],
            Lines(result).SkipWhile(line => line != "go compile"));
    }

    [ToolTheory("tclsh")]
    [InlineData("analyze", 0, "go analyze")]
    [InlineData("simulate", 1, "unknown step 'simulate': one of analyze, compile")]
    public async Task The_last_step_is_chosen_and_a_wrong_one_named(string last, int exitCode, string text)
    {
        var result = await RunAsync(HlsIoType.Parallel, null, last);
        Assert.True((result.ExitCode == 0) == (exitCode == 0), result.ToString());
        Assert.Contains(text, result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("go compile", result.Output, StringComparison.Ordinal);
    }

    private static string[] Lines(ToolResult result) => [.. result.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd())];

    private static async Task<ToolResult> RunAsync(HlsIoType io, string? libraries, string? last)
    {
        using var folder = new TemporaryFolder();
        var project = HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Types = HlsTypes.Ac, IoType = io, Vectors = 0 });
        await File.WriteAllTextAsync(folder.Combine("directives.tcl"), project.Files["directives.tcl"]);
        await File.WriteAllTextAsync(folder.Combine("run.tcl"), TclStubs.Recorder + Stubs + "source directives.tcl\n");
        return await ToolProcess.RunAsync(
            "tclsh", ["run.tcl"], folder.Path, TimeSpan.FromMinutes(1),
            new Dictionary<string, string?> { ["HGQ_LIBRARIES"] = libraries, ["HGQ_LAST"] = last });
    }
}
