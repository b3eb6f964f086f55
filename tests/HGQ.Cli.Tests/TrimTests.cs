using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>Trimming of model files: figures, the split of the run, going on after a kill, wrong use.</summary>
public sealed class TrimTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    [Fact]
    public async Task A_trimmed_model_is_cheaper_and_every_point_agrees_in_all_engines()
    {
        using var folder = new TemporaryFolder();
        ToolResult trimmed = await TrimAsync(folder, "--seed", "4");
        Assert.True(trimmed.ExitCode == 0, trimmed.ToString());
        Assert.StartsWith("rows: 240 judge changes, 80 choose, 80 test (as in the run)\nas given: ", trimmed.Error);
        Assert.EndsWith("model: " + Path.Combine(folder.Combine("trimmed"), "model.hgq.json") + "\n", trimmed.Output);
        Assert.Contains("hgq trim run/model.hgq.json --out RUN --seed 4\n", File.ReadAllText(folder.Combine("trimmed", "report.html")));

        JsonNode summary = JsonNode.Parse(File.ReadAllText(folder.Combine("trimmed", "summary.json")))!;
        JsonNode before = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "run", "summary.json")))!["chosen"]!;
        Assert.InRange((long)summary["chosen"]!["ebops"]!, 1, (long)before["ebops"]! / 2);
        JsonNode tested = JsonNode.Parse((await HgqTool.RunAsync(
            run.Folder, "evaluate", folder.Combine("trimmed", "model.hgq.json"), "--rows", "test", "--json")).Output)!;
        Assert.Equal((double)summary["chosen"]!["test"]!, (double)tested["outputs"]![0]!["accuracy"]!);

        string[] points = Directory.GetFiles(folder.Combine("trimmed", "pareto"));
        Assert.Equal(summary["front"]!.AsArray().Count, points.Length);
        foreach (string point in points)
        {
            ToolResult verified = await HgqTool.RunAsync(
                run.Folder, "verify", point, "--data", "samples/data/clusters.csv", "--engines", "interpreter,csharp", "--require-all");
            Assert.True(verified.ExitCode == 0, verified.ToString());
            Assert.EndsWith("\n0 mismatches\n", verified.Output);
        }
    }

    [Fact]
    public async Task A_killed_trimming_goes_on_and_ends_with_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        ToolResult whole = await TrimAsync(folder, "--tau", "1e-6", "--cost", "luts", "--grow", "--sweeps", "6");
        Assert.True(whole.ExitCode == 0, whole.ToString());
        string stopped = folder.Combine("stopped");
        string[] arguments = [.. Arguments(stopped), "--tau", "1e-6", "--cost", "luts", "--grow", "--sweeps", "6"];
        await KillAsync(arguments, Path.Combine(stopped, "checkpoint", "front", "trim-2.json"));
        Assert.False(File.Exists(Path.Combine(stopped, "summary.json")));
        Assert.Contains("give that command once more", (await HgqTool.RunAsync(run.Folder, "train", "--resume", stopped)).Error);

        DateTime kept = File.GetLastWriteTimeUtc(Path.Combine(stopped, "checkpoint", "front", "trim-1.json"));
        ToolResult resumed = await HgqTool.RunAsync(run.Folder, arguments);
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(stopped, "checkpoint", "front", "trim-1.json")));
        Assert.Equal(Files(folder.Combine("trimmed")), Files(stopped));
    }

    [Fact]
    public async Task A_model_without_its_run_is_trimmed_with_a_split_of_its_own_down_to_given_ebops()
    {
        using var folder = new TemporaryFolder();
        string model = folder.Combine("alone.hgq.json");
        File.Copy(Path.Combine(run.Folder, "run", "model.hgq.json"), model);
        string[] data = ["--data", "samples/data/clusters.csv"];
        string[] trim = ["trim", model, .. data, "--ebops", "300", "--out", folder.Combine("trimmed")];
        ToolResult trimmed = await HgqTool.RunAsync(run.Folder, trim);
        Assert.True(trimmed.ExitCode == 0, trimmed.ToString());
        Assert.Contains("a split of its own", trimmed.Error);
        JsonNode summary = JsonNode.Parse(File.ReadAllText(folder.Combine("trimmed", "summary.json")))!;
        Assert.InRange((long)summary["chosen"]!["ebops"]!, 0, 300);

        ToolResult far = await HgqTool.RunAsync(run.Folder, [.. trim, "--sweeps", "1"]);
        Assert.True(far.ExitCode == 0, far.ToString());
        Assert.Contains("warning: 300 EBOPs were not reached in 1 sweeps", far.Error);
    }

    [Theory]
    [InlineData("--ebops 10 --tau 1e-5", "leave one out")]
    [InlineData("--cost bits", "Values: ebops, luts")]
    [InlineData("--tau 0", "--tau '0': expected a positive number")]
    [InlineData("--data nowhere.csv", "nowhere.csv: found no such file")]
    [InlineData("--data -", "expected a file, which is also there to go on")]
    public async Task Wrong_use_is_refused(string options, string message)
    {
        using var folder = new TemporaryFolder();
        ToolResult result = await TrimAsync(folder, options.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(folder.Combine("trimmed")));
    }

    [Fact]
    public async Task Layers_and_folders_that_can_not_be_taken_are_named()
    {
        string model = RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models", "mnist_cnn.hgq.json");
        ToolResult conv = await HgqTool.RunAsync(run.Folder, "trim", model, "--data", "samples/data/clusters.csv", "--out", "none");
        Assert.Equal(2, conv.ExitCode);
        Assert.Matches("error: the layer '.+' can't be trimmed: it is a conv layer. Models that can be trimmed are chains", conv.Error);

        Assert.Contains("the folder of the model itself", (await HgqTool.RunAsync(run.Folder, Arguments("run"))).Error);
        using var folder = new TemporaryFolder();
        string copy = folder.Combine("m.hgq.json");
        File.Copy(Path.Combine(run.Folder, "run", "model.hgq.json"), copy);
        ToolResult taken = await HgqTool.RunAsync(
            run.Folder, "trim", copy, "--data", "samples/data/clusters.csv", "--target", "cluster", "--out", "run");
        Assert.Contains("holds a training run", taken.Error);
        Assert.True(File.Exists(Path.Combine(run.Folder, "run", "summary.json")));
    }

    private static string[] Arguments(string to) => ["trim", "run/model.hgq.json", "--out", to];

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(Path.Combine(folder, "pareto")).Append(Path.Combine(folder, "model.hgq.json"))
            .ToDictionary(static f => Path.GetFileName(f), File.ReadAllText),
        StringComparer.Ordinal);

    private Task<ToolResult> TrimAsync(TemporaryFolder folder, params string[] options) =>
        HgqTool.RunAsync(run.Folder, [.. Arguments(folder.Combine("trimmed")), .. options]);

    private async Task KillAsync(string[] arguments, string moment)
    {
        using var process = Process.Start(new ProcessStartInfo(HgqTool.Path, arguments)
        {
            WorkingDirectory = run.Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!File.Exists(moment) && !process.HasExited && !limit.IsCancellationRequested)
        {
            Thread.Sleep(1);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
