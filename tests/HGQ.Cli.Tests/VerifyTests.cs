using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class VerifyTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    [ToolFact("g++", "make")]
    public async Task All_engines_agree_over_the_data_and_the_corners()
    {
        var result = await HgqTool.RunAsync(run.Folder, "verify", "run/model.hgq.json", "--data", "samples/data/clusters.csv", "--require-all");
        Assert.True(result.ExitCode == 0, result.ToString());
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("engine       samples  elements  mismatches  time", lines[0]);
        Assert.Equal(["interpreter", "csharp", "hls (g++)", "float64"], lines[1..^1].Select(line => line[..11].TrimEnd()));
        Assert.All(lines[1..^1], line => Assert.Matches(@"^.{11}  +[1-9]\d*  +[1-9]\d*  +0  \d+\.\d\d s$", line));
        Assert.Equal("0 mismatches", lines[^1]);
    }

    [ToolFact("verilator", "g++", "make")]
    public async Task Gates_agree_as_a_netlist_and_as_Verilog()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(
            folder.Path, "verify", "model.hgq.json", "--engines", "netlist,verilog", "--require-all", "--samples", "50");
        Assert.True(result.ExitCode == 0, result.ToString());
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["interpreter", "netlist", "verilog"], lines[1..^1].Select(line => line[..11].TrimEnd()));
        Assert.Equal("0 mismatches", lines[^1]);
    }

    [Fact]
    public async Task Without_Verilator_the_engine_is_skipped_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var environment = new Dictionary<string, string?> { ["PATH"] = "/nowhere" };
        var result = await HgqTool.RunAsync(
            folder.Path, environment, "verify", "model.hgq.json", "--samples", "5", "--engines", "netlist,verilog");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("verilog      skipped: no verilator on the PATH", result.Output);
    }

    [Fact]
    public async Task A_missing_compiler_is_a_skipped_row_and_fails_only_where_all_are_required()
    {
        var environment = new Dictionary<string, string?> { ["PATH"] = "/nowhere" };
        string[] arguments = ["verify", "run/model.hgq.json", "--samples", "10", "--engines", "hls"];
        var lenient = await HgqTool.RunAsync(run.Folder, environment, arguments);
        Assert.Equal(0, lenient.ExitCode);
        Assert.Contains("hls (g++)    skipped: no g++", lenient.Output);
        Assert.EndsWith("0 mismatches; skipped: hls (g++)\n", lenient.Output);
        Assert.Equal(3, (await HgqTool.RunAsync(run.Folder, environment, [.. arguments, "--require-all"])).ExitCode);
    }

    [ToolFact("g++", "make", "sed")]
    public async Task An_engine_that_computes_something_else_is_found_and_named()
    {
        // A compiler that changes the code on its way: the last layer of the small model subtracts where it should add.
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        Directory.CreateDirectory(folder.Combine("bin"));
        string compiler = folder.Combine("bin", "g++");
        File.WriteAllText(compiler, $"#!/bin/sh\nsed -i 's/ + / - /' firmware/layers/d*.cpp\nexec {HostTools.Find("g++")} \"$@\"\n");
        if (!System.OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(compiler, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        string path = folder.Combine("bin") + ":" + System.Environment.GetEnvironmentVariable("PATH");
        var result = await HgqTool.RunAsync(
            folder.Path, new Dictionary<string, string?> { ["PATH"] = path }, "verify", "model.hgq.json", "--engines", "hls", "--samples", "20");
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Matches(@"\nfirst difference: sample \d+ \(.+\), layer d, element [01]: interpreter -?\d+, hls \(g\+\+\) -?\d+\n[1-9]\d* mismatch(es)?\n$", result.Output);
    }

    [Fact]
    public async Task A_changed_model_differs_from_its_training_state()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "model.hgq.json", "checkpoint/state.bin", "checkpoint/run.json" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(file))!);
            File.Copy(Path.Combine(run.Folder, "run", file), folder.Combine(file));
        }

        string text = File.ReadAllText(folder.Combine("model.hgq.json"));
        int at = text.LastIndexOf("\"rounding\": \"RoundHalfUp\"", System.StringComparison.Ordinal);
        Assert.True(at > 0, "the last layer has no quantizer");
        File.WriteAllText(folder.Combine("model.hgq.json"), text[..at] + text[at..].Replace("RoundHalfUp", "Truncate", System.StringComparison.Ordinal));
        var result = await HgqTool.RunAsync(folder.Path, "verify", "model.hgq.json", "--engines", "float64", "--samples", "200");
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Matches(@"float64 +\d+ +\d+ +[1-9]", result.Output);
    }

    // Its quantizers follow the data: a checkpoint has the integer bits of the last batches, the model those of calibration.
    [Fact]
    public async Task A_network_whose_ranges_follow_the_data_wraps_where_its_export_does()
    {
        using var folder = new TemporaryFolder();
        const string command =
            "train samples/data/clusters.csv --target cluster --method recipe --quantizers fixed-point --epochs 30 --seed 4 --quiet --out";
        TrainedRun.CopySamples(folder.Path);
        var trained = await HgqTool.RunAsync(folder.Path, [.. command.Split(' '), folder.Combine("run")]);
        Assert.True(trained.ExitCode == 0, trained.ToString());
        foreach (string point in Directory.GetFiles(folder.Combine("run", "pareto")))
        {
            var verified = await HgqTool.RunAsync(folder.Path, "verify", point, "--engines", "interpreter,float64", "--require-all");
            Assert.True(verified.ExitCode == 0, verified.ToString());

            // Nearly all samples are compared: they wrap alike.
            Assert.Matches(@"\nfloat64 +2\d\d\d ", verified.Output);
        }
    }

    [Theory]
    [InlineData("--engines csharpp", "did you mean 'csharp'?")]
    [InlineData("--samples -1", "--samples '-1': expected a whole number of at least 0")]
    [InlineData("--data nowhere.csv", "nowhere.csv: found no such file")]
    public async Task Wrong_use_is_refused(string options, string message)
    {
        var result = await HgqTool.RunAsync(run.Folder, ["verify", "run/model.hgq.json", .. options.Split(' ')]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
    }
}
