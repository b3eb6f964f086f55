using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Interpretation;
using HGQ.Testing;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests;

/// <summary>What is emitted gives the interpreter's integers in simulators that know nothing of us.</summary>
public sealed class SimulationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [ToolFact("verilator", "g++", "make")]
    public async Task Sixty_projects_pass_their_benches_in_Verilator()
    {
        using var batch = new BatchFolder(BatchModels.All());
        Assert.InRange(batch.Projects.Count, 60, 100);
        Assert.Equal(batch.Projects.Count,
            batch.Projects.Select(project => project.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

        string[] arguments =
        [
            "--binary", "--timing", "-j", "2", "-O3", "--x-assign", "fast", "--x-initial", "fast", "-Wno-fatal", "-Wno-WIDTH",
                "-Wno-UNOPTFLAT", "-CFLAGS", "-O0",
            "--top-module", BatchFolder.Top, "-Mdir", "build", "-o", "all", .. batch.Sources,
        ];
        var built = await ToolProcess.RunAsync("verilator", arguments, batch.Path, Limit);
        Assert.True(built.ExitCode == 0, built.ToString());
        batch.AssertPassed((await ToolProcess.RunAsync(Path.Combine(batch.Path, "build", "all"), [], batch.Path, Limit)).Output);
    }

    [ToolFact("iverilog", "vvp")]
    public async Task Projects_pass_their_benches_in_Icarus()
    {
        using var batch = new BatchFolder(BatchModels.Few());
        var built = await ToolProcess.RunAsync(
            "iverilog", ["-g2001", "-s", BatchFolder.Top, "-o", "all.vvp", .. batch.Sources], batch.Path, Limit);
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.Equal("", built.Error);
        batch.AssertPassed((await ToolProcess.RunAsync("vvp", ["-n", "all.vvp"], batch.Path, Limit)).Output);
    }

    [ToolFact("verilator", "g++", "make")]
    public void The_simulation_of_a_project_runs_any_codes()
    {
        var program = SmallNets.Lower(SmallNets.Product);
        using var folder = new TemporaryFolder();
        var project = VerilogEmitter.Emit(program, new VerilogOptions { PipelineLevels = 1, Vectors = 100 });
        project.Write(folder.Path);
        var simulation = VerilogSimulation.Build(folder.Path, project.Name);

        var (passed, output) = simulation.Check();
        Assert.True(passed, output);
        Assert.Equal($"product: {project.Report.Vectors} samples, 0 differences", output);

        long[] codes = [3, -2, 5, 1, -4, 2, -8, 7, -20, 3, 5, -1];
        var results = new long[program.OutputSize];
        new ReferenceInterpreter(program).Run(codes[6..], results);
        Assert.Equal(results, simulation.Run(codes, program.InputCodeSize, program.OutputSize)[program.OutputSize..]);
    }

    [ToolFact("iverilog", "vvp", "make")]
    public async Task A_wrong_table_is_found_and_named()
    {
        using var folder = new TemporaryFolder();
        var project = VerilogEmitter.Emit(SmallNets.Lower(SmallNets.Dense4x3), new VerilogOptions { Vectors = 100 });
        project.Write(folder.Path);
        string layer = folder.Combine("rtl", "tiny_dense.v"), text = await File.ReadAllTextAsync(layer);
        int at = text.IndexOf("LUT5 #(.INIT(32'h", StringComparison.Ordinal) + "LUT5 #(.INIT(32'h".Length;
        await File.WriteAllTextAsync(layer, string.Concat(text.AsSpan(0, at), "0", text.AsSpan(at + 1)));

        var run = await ToolProcess.RunAsync("make", ["sim-icarus"], folder.Path, Limit);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("first difference: sample", run.Output, StringComparison.Ordinal);
        Assert.Contains(", output y, element 0: expected ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_tool_is_the_reason() => Assert.Equal("no verilator on the PATH", VerilogSimulation.MissingOn("/nowhere"));
}
