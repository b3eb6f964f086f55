using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests.Synthesis;

/// <summary>The scripts for Vivado, run by tclsh: its commands are stubs that say what they were told.</summary>
public sealed class VivadoScriptTests
{
    private const string Stubs =
        """
        foreach name {read_verilog read_xdc synth_design opt_design place_design phys_opt_design route_design
                      report_utilization report_timing_summary write_checkpoint create_clock set_input_delay set_output_delay} {
          proc $name args "puts \"$name \[join \$args\]\""
        }
        foreach name {get_ports all_inputs all_outputs filter} {
          proc $name args "return \[join \$args\]"
        }
        """;

    [ToolFact("tclsh")]
    public async Task The_script_runs_all_steps_on_all_files()
    {
        using var folder = Emit(out var project);
        var run = await Run(folder, "build_vivado.tcl");

        Assert.True(run.ExitCode == 0, run.ToString());
        string[] lines = run.Output.Split('\n');
        Assert.All(project.Files.Keys.Where(path => path.StartsWith("rtl/", StringComparison.Ordinal) && path != "rtl/primitives_sim.v"),
            path => Assert.Contains("read_verilog " + path, lines));
        Assert.DoesNotContain("read_verilog rtl/primitives_sim.v", lines);
        Assert.Contains("synth_design -mode out_of_context -top tiny -part xczu7ev-ffvc1156-2-e", lines);
        Assert.True(Array.IndexOf(lines, "opt_design ") < Array.IndexOf(lines, "place_design ")
            && Array.IndexOf(lines, "place_design ") < Array.IndexOf(lines, "route_design "));
        Assert.Contains(lines, line => line.StartsWith("report_timing_summary", StringComparison.Ordinal));
    }

    [ToolFact("tclsh")]
    public async Task Steps_are_switched_off_and_wrong_ones_refused()
    {
        using var folder = Emit(out _);

        Assert.DoesNotContain("place_design", (await Run(folder, "build_vivado.tcl", "place=0 route=0")).Output, StringComparison.Ordinal);
        Assert.Contains("unknown step 'synth=1'", (await Run(folder, "build_vivado.tcl", "synth=1")).Error, StringComparison.Ordinal);
        Assert.Contains("route=1 needs place=1", (await Run(folder, "build_vivado.tcl", "place=0")).Error, StringComparison.Ordinal);
    }

    [ToolFact("tclsh")]
    public async Task Constraints_name_the_clock()
    {
        using var folder = Emit(out _);

        Assert.StartsWith("create_clock -name clk -period 2.5 clk\n", (await Run(folder, "constraints/tiny.xdc")).Output,
            StringComparison.Ordinal);
    }

    private static TemporaryFolder Emit(out VerilogProject project)
    {
        var folder = new TemporaryFolder();
        project = VerilogEmitter.Emit(
            SmallNets.Lower(SmallNets.Dense4x3), new VerilogOptions { Part = "xczu7ev-ffvc1156-2-e", ClockPeriod = 2.5, Vectors = 0 });
        project.Write(folder.Path);
        File.WriteAllText(folder.Combine("stubs.tcl"), Stubs + "\nsource [lindex $argv 0]\n");
        return folder;
    }

    private static Task<ToolResult> Run(TemporaryFolder folder, string script, string steps = "") => ToolProcess.RunAsync(
        "tclsh", ["stubs.tcl", script], folder.Path, TimeSpan.FromMinutes(1), new Dictionary<string, string?> { ["HGQ_STEPS"] = steps });
}
