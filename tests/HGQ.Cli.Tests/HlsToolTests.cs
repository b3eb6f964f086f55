using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>What surrounds an emitted HLS project: its part, its templates and the reports of the vendor's tools.</summary>
public sealed class HlsToolTests
{
    [Fact]
    public async Task Templates_are_listed_without_a_model()
    {
        using var folder = new TemporaryFolder();
        var result = await HgqTool.RunAsync(folder.Path, "emit", "hls", "--list-templates");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            ["Makefile.sbn", "build_prj.tcl.sbn", "directives.tcl.sbn", "firmware/bus.cpp.sbn", "firmware/bus.h.sbn",
                "firmware/top.cpp.sbn", "firmware/top.h.sbn", "firmware/types.h.sbn",
                "hls_config.cfg.sbn", "host/host.cpp.sbn", "kit/block_design.tcl.sbn", "kit/instance.v.sbn", "kit/instance.vhd.sbn",
                "kit/package_ip.tcl.sbn", "layers/layer.cpp.sbn",
                "layers/layer.h.sbn", "layers/parts.h.sbn", "report.md.sbn", "sim/driver.h.sbn", "tb/tb.cpp.sbn"],
            result.Output.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("hls", "build_prj.tcl")]
    [InlineData("verilog", "build_vivado.tcl")]
    public async Task A_part_that_no_table_holds_gets_a_warning(string backEnd, string script)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "emit", backEnd, "model.hgq.json", "--out", "h", "--part", "xcvu99p-flga2577-2-e");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("warning: --part 'xcvu99p-flga2577-2-e': the device 'xcvu99p' is none that this tool knows", result.Error);
        Assert.Contains("xcvu99p-flga2577-2-e", await File.ReadAllTextAsync(folder.Combine("h", script)));
    }

    [Fact]
    public async Task Types_of_other_tools_are_chosen_by_an_option()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "emit", "hls", "model.hgq.json", "--out", "h", "--types", "ac")).ExitCode);
        Assert.Contains("#include <ac_fixed.h>", await File.ReadAllTextAsync(folder.Combine("h", "firmware", "types.h")));
        Assert.True(File.Exists(folder.Combine("h", "directives.tcl")) && !File.Exists(folder.Combine("h", "build_prj.tcl")));

        var unknown = await HgqTool.RunAsync(folder.Path, "emit", "hls", "model.hgq.json", "--out", "h", "--types", "sc");
        Assert.Contains("--types 'sc' does not exist", unknown.Error);
        Assert.Contains("Values: ap, ac", unknown.Error);
        var bus = await HgqTool.RunAsync(folder.Path, "emit", "hls", "model.hgq.json", "--out", "h", "--types", "ac", "--bus", "axis");
        Assert.Contains("The bus 'axis' is a function for AMD's tools", bus.Error);
        Assert.Contains("ap|ac", (await HgqTool.RunAsync(folder.Path, "emit", "hls", "--help")).Output);
    }

    [Fact]
    public async Task The_tools_reports_stand_beside_the_estimate()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "emit", "hls", "model.hgq.json", "--out", "h")).ExitCode);
        var before = await HgqTool.RunAsync(folder.Path, "report-hls", "h");
        Assert.Equal((0, ""), (before.ExitCode, before.Error));
        Assert.Contains("none of the tools has run here", before.Output);

        await File.WriteAllTextAsync(folder.Combine("h", "vivado_synth.rpt"),
            "| CLB LUTs* | 1,234 | 0 | 0 | 522720 | 0.24 |\n| CLB Registers | 56 | 0 | 0 | 1045440 | 0.01 |\n");
        var after = await HgqTool.RunAsync(folder.Path, "report-hls", "h");
        Assert.Contains(after.Output.Split('\n'), line => line.StartsWith("logic synthesis", System.StringComparison.Ordinal)
            && line.Contains("1234") && line.EndsWith("vivado_synth.rpt", System.StringComparison.Ordinal));
        using var json = JsonDocument.Parse((await HgqTool.RunAsync(folder.Path, "report-hls", "h", "--json")).Output);
        var report = json.RootElement.GetProperty("reports").EnumerateArray().Single();
        Assert.Equal(("Synthesis", 1234, 56),
            (report.GetProperty("step").GetString(), report.GetProperty("luts").GetInt32(), report.GetProperty("flipFlops").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("latencyLeast").ValueKind);
    }
}
