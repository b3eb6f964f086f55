using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests.Streams;

/// <summary>Streams position by position give the interpreter's integers, with stalls on both sides.</summary>
public sealed class PositionStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    [ToolFact("verilator", "g++", "make")]
    public async Task Streams_pass_their_benches_in_Verilator()
    {
        using var batch = new BatchFolder(Projects(0, 24));
        Assert.Equal(24, batch.Projects.Count);
        string[] arguments =
        [
            "--binary", "--timing", "-j", "2", "-O3", "--x-assign", "fast", "--x-initial", "unique", "-Wno-fatal", "-Wno-WIDTH",
            "-Wno-UNOPTFLAT", "-CFLAGS", "-O0", "--top-module", BatchFolder.Top, "-Mdir", "build", "-o", "all", .. batch.Sources,
        ];
        var built = await ToolProcess.RunAsync("verilator", arguments, batch.Path, Limit);
        Assert.True(built.ExitCode == 0, built.ToString());
        batch.AssertPassed((await ToolProcess.RunAsync(Path.Combine(batch.Path, "build", "all"), [], batch.Path, Limit)).Output);
    }

    [ToolFact("iverilog", "vvp")]
    public async Task Streams_pass_their_benches_in_Icarus()
    {
        using var batch = new BatchFolder(Projects(0, 6));
        var built = await ToolProcess.RunAsync(
            "iverilog", ["-g2001", "-s", BatchFolder.Top, "-o", "all.vvp", .. batch.Sources], batch.Path, Limit);
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.Equal("", built.Error);
        batch.AssertPassed((await ToolProcess.RunAsync("vvp", ["-n", "all.vvp"], batch.Path, Limit)).Output);
    }

    [ToolFact("verilator", "g++", "make")]
    public void The_simulation_of_a_stream_runs_any_codes()
    {
        var program = SmallNets.Lower(SmallNets.Edge);
        using var folder = new TemporaryFolder();
        var project = VerilogEmitter.Emit(program, new VerilogOptions { Io = VerilogIo.Stream, Vectors = 20 });
        project.Write(folder.Path);
        var simulation = VerilogSimulation.Build(folder.Path, project.Name);

        var (passed, output) = simulation.Check();
        Assert.True(passed, output);
        Assert.Equal($"sobel: {project.Report.Vectors} samples, 0 differences", output);

        var random = new Random(5);
        var codes = new long[3 * program.InputCodeSize];
        var expected = new long[3 * program.OutputSize];
        for (int n = 0; n < codes.Length; n++)
        {
            codes[n] = random.Next(4);
        }

        var results = new long[program.OutputSize];
        for (int sample = 0; sample < 3; sample++)
        {
            new ReferenceInterpreter(program).Run(codes[(sample * 64)..((sample + 1) * 64)], results);
            results.CopyTo(expected, sample * 64);
        }

        Assert.Equal(expected, simulation.Run(codes, program.InputCodeSize, program.OutputSize));
    }

    [ToolFact("iverilog", "vvp")]
    public async Task Clocks_are_those_of_the_report_and_a_wrong_TLAST_is_remembered()
    {
        foreach (int seed in new[] { -1, 0, 3, 5 })
        {
            var graph = seed < 0 ? SmallNets.Edge : StreamGraphs.Create(seed);
            var project = VerilogEmitter.Emit(Lowerer.Lower(graph),
                new VerilogOptions { Io = VerilogIo.Stream, TopName = "dut", Vectors = 0, Effort = 1 });
            var timing = project.Report.Streams!.Timing;
            using var folder = new TemporaryFolder();
            project.Write(folder.Path);
            await File.WriteAllTextAsync(folder.Combine("clocks.v"), StreamClocks.Bench(project));
            string[] sources = [.. Directory.GetFiles(folder.Combine("rtl")), "clocks.v"];
            var built = await ToolProcess.RunAsync("iverilog", ["-g2001", "-s", "clocks", "-o", "clocks.vvp", .. sources], folder.Path,
                Limit);
            Assert.True(built.ExitCode == 0, built.ToString());
            var run = await ToolProcess.RunAsync("vvp", ["-n", "clocks.vvp"], folder.Path, Limit);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture,
                $"latency {timing.Latency} interval {timing.Interval} misaligned 0 1"), run.Output.Trim());
        }
    }

    // Every kind of option in turn; what can't be streamed is left out.
    internal static List<VerilogProject> Projects(int first, int count)
    {
        var projects = new List<VerilogProject>();
        for (int seed = first; projects.Count < count; seed++)
        {
            try
            {
                projects.Add(VerilogEmitter.Emit(Lowerer.Lower(StreamGraphs.Create(seed)), new VerilogOptions
                {
                    TopName = string.Create(CultureInfo.InvariantCulture, $"stream{seed}"),
                    Io = VerilogIo.Stream,
                    Target = seed % 3 == 1 ? VerilogTarget.Generic : VerilogTarget.Amd,
                    PipelineLevels = (seed % 4) switch { 0 => null, 1 => 1, 2 => 2, _ => 5 },
                    Effort = 1,
                    Vectors = 1,
                }));
            }
            catch (VerilogEmitException error)
            {
                Assert.Contains("--io wires", error.Message, StringComparison.Ordinal);
            }
        }

        return projects;
    }
}
