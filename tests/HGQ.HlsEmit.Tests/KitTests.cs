using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.HlsEmit.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>The scripts of the integration kit as tclsh reads them, with the tools' commands recorded, and its instances.</summary>
public sealed class KitTests
{
    // Commands of Vivado HLS, Vitis HLS (UG1399) and Vivado (UG835) with the options that the scripts use. What asks gives an answer.
    private const string Stubs = """
        proc known {name options {answer {}}} {
          proc $name args "
            foreach word \$args {
              if {\[string match -* \$word] && !\[string match {* *} \$word] && \$word ni {$options}} {
                error \"$name does not know \$word\"
              }
            }
            [expr {$answer eq {} ? "puts \"$name \$args\"" : "return \[$answer \$args]"}]
          "
        }
        proc last words { lindex $words end }
        proc versions words { lmap number {1.0 10.0 9.1} { string map [list * $number] [last $words] } }
        proc unknown args { error "no command [lindex $args 0]" }
        known open_project {}
        known set_top {}
        known open_solution {}
        known export_design {-format -vendor -library -ipname -version -display_name -description}
        known create_project {-force -part}
        known set_property {-dict}
        known update_ip_catalog {}
        known create_bd_design {}
        known create_bd_cell {-type -vlnv}
        known apply_bd_automation {-rule -config}
        known connect_bd_intf_net {}
        known connect_bd_net {}
        known assign_bd_address {}
        known make_bd_intf_pins_external {}
        known make_bd_pins_external {}
        known validate_bd_design {}
        known save_bd_design {}
        known make_wrapper {-files -top -import}
        known launch_runs {-to_step -jobs}
        known wait_on_runs {}
        known get_ipdefs {-all} versions
        known get_bd_cells {} last
        known get_bd_intf_pins {-of_objects} last
        known get_bd_pins {-of_objects -filter} last
        known get_files {} last
        known current_project {} list

        """;

    [ToolTheory("tclsh")]
    [InlineData(HlsTool.VitisHls)]
    [InlineData(HlsTool.VivadoHls)]
    public async Task The_core_is_packed_under_the_name_that_the_design_asks_for(HlsTool tool)
    {
        var lines = await RunAsync(new HlsOptions { Tool = tool, Bus = HlsBus.AxiMaster }, "package_ip.tcl", null);
        Assert.Equal(["open_project small_prj", "set_top small_axi", "open_solution solution1"], lines[..3]);
        Assert.StartsWith("export_design -format ip_catalog -vendor hgq -library hls -ipname small_axi -version 1.0 ", lines[3]);
    }

    [ToolFact("tclsh")]
    public async Task A_processor_reaches_the_block_and_the_block_its_memory()
    {
        var options = new HlsOptions { Bus = HlsBus.AxiMaster, Part = "xczu9eg-ffvb1156-2-e", ClockPeriod = 4 };
        var lines = await RunAsync(options, "block_design.tcl", "bitstream=1");
        AssertInOrder(
            lines,
            "create_project -force small_system ", "update_ip_catalog", "create_bd_design system",
            "create_bd_cell -type ip -vlnv hgq:hls:small_axi:1.0 block",
            "create_bd_cell -type ip -vlnv xilinx.com:ip:zynq_ultra_ps_e:10.0 ps",
            "set_property -dict {CONFIG.PSU__USE__S_AXI_GP2 1 CONFIG.PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ 250} ps",
            Connected("/ps/M_AXI_HPM0_FPD", "/block/s_axi_control", "block/s_axi_control"),
            Connected("/block/m_axi_x_words", "/ps/S_AXI_HP0_FPD", "ps/S_AXI_HP0_FPD"),
            Connected("/block/m_axi_layer_result_words", "/ps/S_AXI_HP0_FPD", "block/m_axi_layer_result_words"),
            "assign_bd_address", "validate_bd_design", "save_bd_design", "make_wrapper -files system.bd -top -import",
            "launch_runs impl_1 -to_step write_bitstream -jobs 2", "wait_on_runs impl_1");
    }

    [ToolFact("tclsh")]
    public async Task A_stream_has_a_DMA_and_a_block_that_has_to_be_started_is()
    {
        var options = new HlsOptions { Bus = HlsBus.AxiStream, Part = "xc7z020clg400-1", BlockProtocol = HlsBlockProtocol.Chain };
        var lines = await RunAsync(options, "block_design.tcl", null);
        AssertInOrder(
            lines,
            "create_bd_cell -type ip -vlnv xilinx.com:ip:processing_system7:10.0 ps",
            "create_bd_cell -type ip -vlnv xilinx.com:ip:axi_dma:10.0 x_dma",
            "connect_bd_intf_net x_dma/M_AXIS_MM2S block/x",
            Connected("/ps/M_AXI_GP0", "/x_dma/S_AXI_LITE", "x_dma/S_AXI_LITE"),
            "connect_bd_intf_net block/layer_result layer_result_dma/S_AXIS_S2MM",
            "apply_bd_automation -rule xilinx.com:bd_rule:clkrst -config {Clk {/ps/FCLK_CLK0} } block/ap_clk",
            "connect_bd_net one/dout block/ap_start block/ap_continue",
            "make_wrapper");
        Assert.DoesNotContain(lines, line => line.StartsWith("launch_runs", StringComparison.Ordinal));
        var free = await RunAsync(options with { BlockProtocol = HlsBlockProtocol.None }, "block_design.tcl", null);
        Assert.DoesNotContain(free, line => line.Contains("ap_start", StringComparison.Ordinal));
    }

    [ToolTheory("tclsh")]
    [InlineData(HlsBus.None)]
    [InlineData(HlsBus.AxiMaster)]
    public async Task Without_a_processor_the_ports_of_the_block_are_those_of_the_design(HlsBus bus)
    {
        var lines = await RunAsync(new HlsOptions { Bus = bus }, "block_design.tcl", null);
        AssertInOrder(lines, "create_bd_cell ", "make_bd_intf_pins_external block", "make_bd_pins_external INTF", "validate_bd_design");
    }

    [ToolFact("tclsh")]
    public async Task A_step_that_does_not_exist_is_named()
    {
        var result = await StartAsync(new HlsOptions(), "block_design.tcl", "bitstream=2");
        Assert.Contains("unknown step 'bitstream=2'", result.Error, StringComparison.Ordinal);
    }

    [ToolTheory("iverilog")]
    [InlineData(HlsBus.None, HlsTool.VitisHls)]
    [InlineData(HlsBus.None, HlsTool.VivadoHls)]
    [InlineData(HlsBus.Packed, HlsTool.VitisHls)]
    [InlineData(HlsBus.AxiStream, HlsTool.VivadoHls)]
    public async Task The_instances_are_what_was_reviewed_and_that_in_Verilog_is_Verilog(HlsBus bus, HlsTool tool)
    {
        using var folder = new TemporaryFolder();
        var files = Emit(new HlsOptions { TopName = "net", Bus = bus, Tool = tool }).Files
            .Where(file => file.Key.Contains("_instance.v", StringComparison.Ordinal));
        var text = string.Concat(files.Select(file => $"==== {file.Key}\n{file.Value}"));
        var name = $"instance-{bus}-{tool}.txt".ToLowerInvariant();
        GoldenText.AssertEqual(RepositoryRoot.Combine("tests", "HGQ.HlsEmit.Tests", "Goldens", name), text);

        // The block is one that is written elsewhere: only its instance is read here.
        await File.WriteAllTextAsync(folder.Combine("a.v"), files.First().Value);
        var run = await ToolProcess.RunAsync("iverilog", ["-i", "-t", "null", "-Wall", "a.v"], folder.Path, TimeSpan.FromMinutes(1));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.DoesNotContain("syntax", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_tool_lays_out_itself_has_no_instance() =>
        Assert.DoesNotContain(
            Emit(new HlsOptions { IoType = HlsIoType.Stream }).Files.Keys, file => file.Contains("_instance", StringComparison.Ordinal));

    /// <summary>Each word of Verilog and SystemVerilog that C++ lets a function or a port be called: module, pins and instance.</summary>
    [ToolFact("iverilog", "yosys")]
    public async Task Words_of_Verilog_are_names_in_an_instance()
    {
        using var folder = new TemporaryFolder();
        var words = HdlName.VerilogWords.Concat(["block", "core"]).Where(CppName.IsIdentifier).ToArray();
        Assert.InRange(words.Length, 100, 400);
        var texts = words.Select(word => Instance(word, "in", HlsBus.None, "v"))
            .Concat(words.Select(word => Instance("top_" + word, word, HlsBus.Packed, "v")));
        await File.WriteAllTextAsync(folder.Combine("a.v"), string.Concat(texts));
        string[] arguments = ["-g2012", "-i", "-t", "null", "-Wall", "a.v"];
        var run = await ToolProcess.RunAsync("iverilog", arguments, folder.Path, TimeSpan.FromMinutes(2));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.DoesNotContain("syntax", run.Error, StringComparison.Ordinal);
        foreach (var language in new[] { "", "-sv " })
        {
            run = await ToolProcess.RunAsync("yosys", ["-q", "-p", $"read_verilog {language}a.v"], folder.Path, TimeSpan.FromMinutes(2));
            Assert.True(run.ExitCode == 0, run.ToString());
        }
    }

    /// <summary>What differs from the instance of an ordinary name is that name, with the marks of an extended identifier.</summary>
    [Fact]
    public void Words_of_VHDL_are_names_in_an_instance()
    {
        var (top, port) = (Instance("ordinary", "in", HlsBus.None, "vhd"), Instance("top", "ordinary", HlsBus.Packed, "vhd"));
        foreach (var word in HdlName.VhdlWords.Where(CppName.IsIdentifier))
        {
            var marked = $"\\{word}\\";
            var expected = top.Replace("ordinary_instance", word + "_instance", StringComparison.Ordinal)
                .Replace("-- ordinary", "-- " + word, StringComparison.Ordinal).Replace("ordinary", marked, StringComparison.Ordinal);
            Assert.Equal(expected, Instance(word, "in", HlsBus.None, "vhd"));
            Assert.Equal(port.Replace("ordinary", marked, StringComparison.Ordinal), Instance("top", word, HlsBus.Packed, "vhd"));
        }
    }

    private static string Instance(string top, string port, HlsBus bus, string language)
    {
        var graph = AnyModel.Graph(
            "m",
            [
                new InputLayer(port, TensorShape.Of(2)),
                new QuantizeLayer("quantized", port, SmallPrograms.To([2], SmallPrograms.Input, OverflowMode.Wrap)),
            ],
            "quantized");
        var options = new HlsOptions { TopName = top, Bus = bus, Vectors = 0 };
        return HlsEmitter.Emit(Lowerer.Lower(graph), options).Files
            .Single(file => file.Key.EndsWith("_instance." + language, StringComparison.Ordinal)).Value;
    }

    private static string Connected(string master, string slave, string pin) =>
        "apply_bd_automation -rule xilinx.com:bd_rule:axi4 -config {Clk_master Auto Clk_slave Auto Clk_xbar Auto "
            + $"Master {master} Slave {slave} intc_ip Auto master_apm 0}} {pin}";

    private static void AssertInOrder(string[] lines, params string[] starts)
    {
        var at = 0;
        foreach (var start in starts)
        {
            var found = Array.FindIndex(lines, at, line => line.StartsWith(start, StringComparison.Ordinal));
            Assert.True(found >= 0, $"'{start}' does not follow in:\n{string.Join('\n', lines)}");
            at = found + 1;
        }
    }

    private static HlsProject Emit(HlsOptions options) => HlsEmitter.Emit(SmallPrograms.Dense(), options with { Vectors = 0 });

    private static async Task<string[]> RunAsync(HlsOptions options, string script, string? steps)
    {
        var result = await StartAsync(options, script, steps);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToArray();
    }

    private static async Task<ToolResult> StartAsync(HlsOptions options, string script, string? steps)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("kit"));
        await File.WriteAllTextAsync(folder.Combine("kit", script), Emit(options).Files["kit/" + script]);
        await File.WriteAllTextAsync(folder.Combine("run.tcl"), $"{Stubs}source kit/{script}\n");
        return await ToolProcess.RunAsync(
            "tclsh", ["run.tcl"], folder.Path, TimeSpan.FromMinutes(1), new Dictionary<string, string?> { ["HGQ_STEPS"] = steps });
    }
}
