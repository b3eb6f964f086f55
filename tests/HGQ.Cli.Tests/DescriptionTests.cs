using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>Training from model descriptions, from the file to engines that agree.</summary>
public sealed class DescriptionTests
{
    private const string Head = "{\"format\":\"hgq-description\",\"version\":1,\n";

    private static readonly string[] Training =
        ["train", "samples/data/clusters.csv", "--target", "cluster", "--model", "m.json", "--batch", "64", "--seed", "3"];

    [Theory]
    [InlineData("conv1d_1", """
        "inputs": [{ "shape": [4, 1] }],
        "layers": [
          { "kind": "quantize" },
          { "kind": "conv1d", "filters": 3, "kernel": 2, "padding": "same", "activation": "relu", "batchNorm": true },
          { "kind": "max-pool1d", "size": 2 },
          { "kind": "flatten" },
          { "kind": "dense", "units": "outputs" }] }
        """)]
    [InlineData("sum", """
        "inputs": [{ "name": "a", "shape": 2 }, { "name": "b", "shape": 2 }],
        "layers": [
          { "kind": "quantize", "name": "qa", "inputs": "a" },
          { "kind": "quantize", "name": "qb", "inputs": "b" },
          { "kind": "dense", "units": 4, "inputs": "qa", "activation": "relu", "name": "left" },
          { "kind": "dense", "units": 4, "inputs": "qb", "activation": "relu", "name": "right" },
          { "kind": "add", "inputs": ["left", "right"], "name": "sum" },
          { "kind": "dense", "units": "outputs", "name": "y" },
          { "kind": "dense", "units": "outputs", "inputs": "qa", "name": "early" }],
        "outputs": ["y", "early"] }
        """)]
    public async Task A_described_model_trains_resumes_and_agrees_in_all_engines(string layer, string members)
    {
        using TemporaryFolder folder = Prepare(Head + members);
        ToolResult trained = await HgqTool.RunAsync(folder.Path, [.. Training, "--epochs", "8", "--out", "run"]);
        Assert.True(trained.ExitCode == 0, trained.ToString());

        // The search for a front does with such layers what it can, and says what it can't.
        Assert.Contains("training steps: TorchSharp, because ", trained.Error);
        Assert.Contains("candidates: by running figures", trained.Error);
        Assert.Matches("the models of the front are not trimmed: the layer '.+' can't be trimmed: ", trained.Error);
        ToolResult inspected = await HgqTool.RunAsync(folder.Path, "inspect", "run/model.hgq.json");
        Assert.Contains($"\n{layer} ", inspected.Output);
        ToolResult verified = await HgqTool.RunAsync(
            folder.Path, "verify", "run/model.hgq.json", "--data", "samples/data/clusters.csv", "--engines", "interpreter,csharp,float64", "--require-all");
        Assert.True(verified.ExitCode == 0 && verified.Output.EndsWith("0 mismatches\n", System.StringComparison.Ordinal), verified.ToString());
        string model = await File.ReadAllTextAsync(Path.Combine(folder.Path, "run", "model.hgq.json"));

        File.Delete(Path.Combine(folder.Path, "m.json"));
        File.Delete(Path.Combine(folder.Path, "run", "model.hgq.json"));
        ToolResult resumed = await HgqTool.RunAsync(folder.Path, "train", "--resume", "run");
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(model, await File.ReadAllTextAsync(Path.Combine(folder.Path, "run", "model.hgq.json")));
    }

    [Theory]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},\n{\"kind\":\"dens\"}]}", "m.json, line 3, column 9: layers[1].kind: found \"dens\", expected one of ")]
    [InlineData("\"inputs\":[{\"shape\":3}],\"layers\":[{\"kind\":\"quantize\"}]}", "m.json, line 2, column 11: inputs: they hold 3 elements, a row of the data 4 features")]
    public async Task What_does_not_fit_is_refused_before_anything_is_written(string members, string message)
    {
        using TemporaryFolder folder = Prepare(Head + members);
        ToolResult result = await HgqTool.RunAsync(folder.Path, [.. Training, "--out", "run"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "run")));
    }

    private static TemporaryFolder Prepare(string description)
    {
        var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, "m.json"), description);
        return folder;
    }
}
