using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests.Synthesis;

/// <summary>Yosys counts what we count, and proves that what we print is what we mean.</summary>
public sealed class YosysTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [ToolFact("yosys", "make")]
    public async Task Yosys_counts_what_the_report_counts()
    {
        var programs = new[] { SmallNets.Dense4x3, SmallNets.Product, MutatedNetworks.Create("dense", 5),
            MutatedNetworks.Create("softmax", 5), RandomGraphs.Dense(304) };
        for (int n = 0; n < programs.Length; n++)
        {
            using var folder = new TemporaryFolder();
            string part = n % 2 == 0 ? "xcvu13p-flga2577-2-e" : "xc7z020clg400-1";
            var project = VerilogEmitter.Emit(
                SmallNets.Lower(programs[n]), new VerilogOptions { PipelineLevels = 1 + (n % 3), Part = part, Vectors = 0 });
            project.Write(folder.Path);

            var run = await ToolProcess.RunAsync("make", ["synth"], folder.Path, Limit);

            Assert.True(run.ExitCode == 0, run.ToString());
            var cells = Cells(await File.ReadAllTextAsync(folder.Combine("build", "cells.txt")));
            var hardware = project.Report.Hardware;
            Assert.Equal(hardware.Total.Luts,
                cells.Where(cell => cell.Key.StartsWith("LUT", StringComparison.Ordinal)).Sum(cell => cell.Value));
            Assert.Equal(hardware.Total.Registers + hardware.Latency, cells.GetValueOrDefault("FDRE"));
            using var report = JsonDocument.Parse(project.Files["report.json"]);
            Assert.Equal(hardware.Total.Luts, report.RootElement.GetProperty("luts").GetInt32());
            string carry = part.StartsWith("xc7", StringComparison.Ordinal) ? "CARRY4" : "CARRY8";
            Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"| {carry} | {cells.GetValueOrDefault(carry)} |"),
                    project.Files["report.md"], StringComparison.Ordinal);
            Assert.All(cells.Keys, cell =>
                Assert.True(cell.StartsWith("LUT", StringComparison.Ordinal) || cell == carry || cell == "FDRE", cell));
        }
    }

    // Circuits, module by module, and all registers; what counts positions and passes them on is LUTs beside the circuits.
    [ToolFact("yosys", "make")]
    public async Task Yosys_counts_the_circuits_and_registers_of_a_stream()
    {
        using var folder = new TemporaryFolder();
        var project = VerilogEmitter.Emit(
            SmallNets.Lower(SmallNets.Edge), new VerilogOptions { Io = VerilogIo.Stream, PipelineLevels = 1, Vectors = 0 });
        project.Write(folder.Path);
        string sources = string.Join(" ", project.Files.Keys.Where(path =>
            path.StartsWith("rtl/", StringComparison.Ordinal) && path != "rtl/primitives_sim.v"));
        await Prove(folder, [$"read_verilog {sources}", "synth_xilinx -family xcup -top sobel -noiopad -noclkbuf -nosrl -nodsp -nobram",
            "tee -o circuit.txt stat sobel_conv", "tee -o all.txt stat -top sobel"]);

        var circuit = Cells(await File.ReadAllTextAsync(folder.Combine("circuit.txt")));
        var all = Cells(await File.ReadAllTextAsync(folder.Combine("all.txt")));
        var streams = project.Report.Streams!;
        Assert.Equal(streams.Total.Luts, Luts(circuit));
        Assert.Equal(streams.Total.Registers, all["FDRE"]);
        Assert.True(streams.MemoryBits > 0 && all.Keys.Any(cell => cell.StartsWith("RAM", StringComparison.Ordinal)));
        Assert.InRange(Luts(all) - streams.Total.Luts, 1, 60);
    }

    private static int Luts(Dictionary<string, int> cells) =>
        cells.Where(cell => cell.Key.StartsWith("LUT", StringComparison.Ordinal)).Sum(cell => cell.Value);

    // The models that simulators use against those of Yosys, for every INIT bit and input.
    [ToolFact("yosys")]
    public async Task Our_models_of_primitives_are_those_of_Yosys()
    {
        using var folder = new TemporaryFolder();
        string ours = VerilogEmitter.Emit(SmallNets.Usual, new VerilogOptions { Vectors = 0 }).Files["rtl/primitives_sim.v"];
        string[] cells = ["LUT1", "LUT2", "LUT3", "LUT4", "LUT5", "LUT6", "LUT6_2", "CARRY4", "CARRY8"];
        string renamed = cells.Aggregate(ours, (text, cell) =>
            text.Replace($"module {cell} ", $"module our_{cell} ", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.Combine("ours.v"), renamed);
        var script = new List<string> { "read_verilog ours.v", "read_verilog +/xilinx/cells_sim.v" };
        ulong[] tables = [0x96E8_1234_5EED_C0DE, 0x0123_4567_89AB_CDEF];
        foreach (string cell in cells)
        {
            bool isLut = cell.StartsWith("LUT", StringComparison.Ordinal);
            int bits = cell == "LUT6_2" ? 64 : 1 << (cell[^1] - '0');
            foreach (ulong table in isLut ? tables : tables[..1])
            {
                string init = isLut ? string.Create(
                    CultureInfo.InvariantCulture, $" -set INIT {bits}'h{(bits == 64 ? table : table & ((1UL << bits) - 1)):x}") : "";
                script.AddRange(
                [
                    "design -push-copy", .. isLut ? new[] { $"chparam{init} our_{cell}", $"chparam{init} {cell}" } : [], "proc",
                    $"miter -equiv -make_assert -flatten our_{cell} {cell} m_{cell}", $"hierarchy -top m_{cell}", "opt",
                        "sat -verify -prove-asserts -tempinduct", "design -pop",
                ]);
            }
        }

        await Prove(folder, script);
    }

    // What is searched for AMD's cells against the same netlist as tables and sums, proven for all inputs of a layer of 16 bits.
    [ToolFact("yosys")]
    public async Task Both_targets_are_equivalent()
    {
        using var folder = new TemporaryFolder();
        foreach (var (target, top) in new[] { (VerilogTarget.Amd, "amd"), (VerilogTarget.Generic, "generic") })
        {
            var options = new VerilogOptions { Target = target, TopName = "net_" + top, PipelineLevels = null, Vectors = 0 };
            var project = VerilogEmitter.Emit(SmallNets.Lower(SmallNets.Dense4x3), options);
            await File.WriteAllTextAsync(
                folder.Combine(top + ".v"), string.Concat(
                    project.Files.Where(file => file.Key.StartsWith("rtl/", StringComparison.Ordinal)).Select(file => file.Value)));
        }

        await Prove(folder, ["read_verilog amd.v generic.v", "hierarchy", "proc", "flatten",
            "miter -equiv -make_assert -flatten net_amd net_generic m", "hierarchy -top m", "opt", "sat -verify -prove-asserts"]);
    }

    private static async Task Prove(TemporaryFolder folder, IEnumerable<string> script)
    {
        await File.WriteAllLinesAsync(folder.Combine("prove.ys"), script);
        var run = await ToolProcess.RunAsync("yosys", ["-q", "-s", "prove.ys"], folder.Path, Limit);
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    // "     LUT6_2                         33"
    private static Dictionary<string, int> Cells(string report)
    {
        int at = report.LastIndexOf("Number of cells:", StringComparison.Ordinal);
        return report[at..].Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .TakeWhile(words => words.Length == 2)
            .ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
