using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>The search for a front as <c>hgq train</c> does it by default: points verified, both tasks, variants, wrong use.</summary>
public sealed class FrontCommandTests
{
    private static readonly string[] Short = ["--epochs", "150", "--hidden", "8", "--batch", "64", "--seed", "3", "--out", "run"];

    [Fact]
    public async Task Every_point_of_a_front_is_the_same_in_all_engines()
    {
        using var folder = new TemporaryFolder();
        ToolResult trained = await TrainAsync(folder, "cluster", "--seeds", "2");
        Assert.True(trained.ExitCode == 0, trained.ToString());
        Assert.Contains("seed 2 of 2: training steps: compiled", trained.Error);
        Assert.Contains("front refitted: ", trained.Error);
        Assert.Matches(@"\nvalidation of the chosen point: \d+\.\d\d % ± \d\.\d\d % \(one standard error\)\n", trained.Output);

        JsonNode summary = JsonNode.Parse(File.ReadAllText(folder.Combine("run", "summary.json")))!;
        string[] origins = [.. summary["front"]!.AsArray().Select(static p => (string)p!["origin"]!)];
        Assert.Contains(origins, static origin => origin.Contains("trim", StringComparison.Ordinal));
        foreach (string point in Directory.GetFiles(folder.Combine("run", "pareto")))
        {
            ToolResult verified = await HgqTool.RunAsync(
                folder.Path,
                "verify", point, "--data", "samples/data/clusters.csv", "--engines", "interpreter,csharp,float64", "--require-all");
            Assert.True(verified.ExitCode == 0, verified.ToString());
            Assert.EndsWith("\n0 mismatches\n", verified.Output);
        }
    }

    [Theory]
    [InlineData("cluster", "--quantizers hgq --norm none", "accuracy")]
    [InlineData("noise", "--ignore cluster", "rms error")]
    public async Task Other_quantizers_no_norm_and_regressions_go_through_the_same_phases(string target, string options, string score)
    {
        using var folder = new TemporaryFolder();
        ToolResult trained = await TrainAsync(folder, target, options.Split(' '));
        Assert.True(trained.ExitCode == 0, trained.ToString());
        Assert.Contains("training steps: compiled", trained.Error);
        Assert.Contains("trimmed 1 of ", trained.Error);
        Assert.Contains("refitted 1 of ", trained.Error);
        Assert.StartsWith($"EBOPs  validation {score}", trained.Output.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_chooses_seeds_and_epochs_once()
    {
        using var folder = new TemporaryFolder();
        string[] train = ["train", "samples/data/clusters.csv", "--target", "cluster", "--hidden", "4", "--seed", "3", "--out", "run"];
        TrainedRun.CopySamples(folder.Path);
        ToolResult trained = await HgqTool.RunAsync(folder.Path, [.. train, "--budget", "3"]);
        Assert.True(trained.ExitCode == 0, trained.ToString());
        JsonNode recipe = JsonNode.Parse(File.ReadAllText(folder.Combine("run", "checkpoint", "run.json")))!["recipe"]!;
        Assert.Equal((3, false), ((int)recipe["front"]!["budget"]!, (bool)recipe["front"]!["adaptEpochs"]!));
        int epochs = (int)recipe["training"]!["epochs"]!;
        Assert.InRange(epochs, 50, 4500);
        Assert.Equal(0, epochs % 50);
    }

    [Theory]
    [InlineData("--method recipe --seeds 2", "--seeds belongs to the search for a front; it goes with --method front")]
    [InlineData("--method recipe --budget 5", "--budget belongs to the search for a front")]
    [InlineData("--budget 5 --epochs 10", "--budget fits the number of epochs; leave --epochs out")]
    [InlineData("--budget -1", "--budget '-1': expected a positive number")]
    [InlineData("--method fast", "Values: front, recipe")]
    [InlineData("--quantizers third", "Values: fixed-point, hgq")]
    [InlineData("--model m.json --norm none", "--model and --norm both say what the layers are")]
    [InlineData("--recipe r.json --method front", "--recipe says how to train; leave --method out")]
    public async Task Options_that_can_not_be_are_refused(string options, string message)
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        ToolResult result = await HgqTool.RunAsync(
            folder.Path, ["train", "samples/data/clusters.csv", "--target", "cluster", "--out", "run", .. options.Split(' ')]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(folder.Combine("run")));
    }

    private static Task<ToolResult> TrainAsync(TemporaryFolder folder, string target, params string[] options)
    {
        TrainedRun.CopySamples(folder.Path);
        return HgqTool.RunAsync(folder.Path, ["train", "samples/data/clusters.csv", "--target", target, .. Short, .. options]);
    }
}
