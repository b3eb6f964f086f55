using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>build_prj.tcl as tclsh reads it, with the tool's commands recorded; a command or an option that the tool does not have
/// fails.</summary>
public sealed class TclTests
{
    // Commands of Vivado HLS (UG902) and Vitis HLS (UG1399) with the options that the scripts use. -maximum_size went with Vivado HLS.
    private const string Stubs = """
        known open_project {-reset}
        known set_top {}
        known add_files {-tb -cflags}
        known set_part {}
        known create_clock {-period -name}
        known set_clock_uncertainty {}
        known csim_design {}
        known csynth_design {}
        known cosim_design {-trace_level}
        known export_design {-format -flow}
        known config_compile {-name_max_length}
        if {$tool eq "vivado_hls"} {
          known open_solution {}
          known config_array_partition {-maximum_size}
        } else {
          known open_solution {-flow_target}
          known config_schedule {-enable_dsp_full_reg=false}
        }

        """;

    [ToolTheory("tclsh")]
    [InlineData(HlsTool.VivadoHls, null, "csim_design,csynth_design")]
    [InlineData(HlsTool.VitisHls, null, "csim_design,csynth_design")]
    [InlineData(HlsTool.VivadoHls, "csim=0 csynth=1 cosim=1 export=1",
        "csynth_design,cosim_design -trace_level none,export_design -format ip_catalog")]
    [InlineData(HlsTool.VitisHls, "reset=0 csim=0 vsynth=1", "csynth_design,export_design -flow syn -format ip_catalog")]
    [InlineData(HlsTool.VitisHls, "csim=0 csynth=0 impl=1 vsynth=1", "export_design -flow impl -format ip_catalog")]
    public async Task The_script_runs_in_the_tools_order(HlsTool tool, string? steps, string expected)
    {
        var result = await RunAsync(Emit(tool), tool, steps);
        Assert.True(result.ExitCode == 0, result.ToString());
        var lines = result.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToArray();
        var reset = steps?.Contains("reset=0", StringComparison.Ordinal) == true ? "" : "-reset ";
        Assert.Equal(
            [
                $"open_project {reset}small_prj", "set_top small",
                "add_files firmware/layers/layer.cpp -cflags {-std=c++11 -Ifirmware}",
                "add_files firmware/layers/q.cpp -cflags {-std=c++11 -Ifirmware}",
                "add_files firmware/small.cpp -cflags {-std=c++11 -Ifirmware}",
                "add_files -tb tb/small_tb.cpp -cflags {-std=c++11 -Ifirmware -Wno-unknown-pragmas}",
                "add_files -tb tb/vectors.dat",
                tool == HlsTool.VitisHls ? "open_solution -flow_target vivado solution1" : "open_solution solution1",
                "set_part xcvu13p-flga2577-2-e", "create_clock -period 5 -name default", "set_clock_uncertainty 12.5% default",
                "config_compile -name_max_length 256",
                tool == HlsTool.VitisHls ? "config_schedule -enable_dsp_full_reg=false" : "config_array_partition -maximum_size 1024",
                .. expected.Split(','),
            ],
            lines);
    }

    [ToolTheory("tclsh")]
    [InlineData("csim=2")]
    [InlineData("simulate=1")]
    public async Task A_step_that_does_not_exist_is_named(string steps)
    {
        var result = await RunAsync(Emit(HlsTool.VitisHls), HlsTool.VitisHls, steps);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"unknown step '{steps}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_array_raises_the_limit_of_Vivado_HLS()
    {
        var script = HlsEmitter.Emit(SmallPrograms.LongInput(3000),
            new HlsOptions { Tool = HlsTool.VivadoHls, Vectors = 0 }).Files["build_prj.tcl"];
        Assert.Contains("config_array_partition -maximum_size 3000\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_of_newer_tools_names_the_same_things()
    {
        var lines = Emit(HlsTool.VitisHls).Files["hls_config.cfg"].Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToArray();
        Assert.Equal(
            [
                "part=xcvu13p-flga2577-2-e", "[hls]", "flow_target=vivado", "package.output.format=ip_catalog", "clock=5ns",
                    "clock_uncertainty=12.5%",
                "syn.top=small", "syn.file=firmware/layers/layer.cpp", "syn.file=firmware/layers/q.cpp", "syn.file=firmware/small.cpp",
                "syn.cflags=-std=c++11 -Ifirmware", "syn.csimflags=-std=c++11 -Ifirmware", "tb.file=tb/small_tb.cpp",
                    "tb.file=tb/vectors.dat",
                "tb.cflags=-std=c++11 -Ifirmware -Wno-unknown-pragmas", "syn.compile.name_max_length=256",
                    "syn.schedule.enable_dsp_full_reg=0",
                "cosim.trace_level=none",
            ],
            lines);
        Assert.False(Emit(HlsTool.VivadoHls).Files.ContainsKey("hls_config.cfg"));
    }

    private static HlsProject Emit(HlsTool tool) => HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Tool = tool, Vectors = 0 });

    private static async Task<ToolResult> RunAsync(HlsProject project, HlsTool tool, string? steps)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("build_prj.tcl"), project.Files["build_prj.tcl"]);
        var name = tool == HlsTool.VivadoHls ? "vivado_hls" : "vitis_hls";
        await File.WriteAllTextAsync(folder.Combine("run.tcl"), $"set tool {name}\n{TclStubs.Recorder}{Stubs}source build_prj.tcl\n");
        return await ToolProcess.RunAsync(
            "tclsh", ["run.tcl"], folder.Path, TimeSpan.FromMinutes(1), new Dictionary<string, string?> { ["HGQ_STEPS"] = steps });
    }
}
