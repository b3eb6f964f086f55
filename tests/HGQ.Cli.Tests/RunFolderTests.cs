using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>What a run leaves in its folder, and who may take its place.</summary>
public sealed class RunFolderTests
{
    private static readonly string[] Short = ["--method", "recipe", "--epochs", "2", "--hidden", "4", "--out", "run", "-q"];

    [Fact]
    public async Task A_run_is_replaced_by_one_of_the_same_kind_only()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Assert.Equal(0, (await TrainAsync(folder, "samples/data/clusters.csv", "cluster")).ExitCode);
        string model = folder.Combine("run", "model.hgq.json");
        byte[] first = File.ReadAllBytes(model);

        // The same data under another name, another seed: the same kind of run.
        File.Copy(folder.Combine("samples", "data", "clusters.csv"), folder.Combine("clusters.csv"));
        Assert.Equal(0, (await TrainAsync(folder, "clusters.csv", "cluster", "--seed", "1")).ExitCode);
        Assert.NotEqual(first, File.ReadAllBytes(model));

        File.AppendAllText(folder.Combine("clusters.csv"), "1,2,3,4,north\n");
        await RefusedAsync(folder, "its data are others (clusters.csv)", "clusters.csv", "cluster");
        await RefusedAsync(folder, "its target is cluster, not noise", "samples/data/clusters.csv", "noise");
        await RefusedAsync(folder, "its features are others", "samples/data/clusters.csv", "cluster", "--ignore", "noise");
        File.WriteAllText(folder.Combine("m.json"), """{"format": "hgq-description", "version": 1, "layers": [{"kind": "quantize"}, {"kind": "dense", "units": "outputs"}]}""");
        await RefusedAsync(folder, "its network is another (hidden layers of 4)", "samples/data/clusters.csv", "cluster", "--model", "m.json");
        Assert.Equal(0, (await TrainAsync(folder, "clusters.csv", "cluster", "--force")).ExitCode);
    }

    [ToolFact("bash")]
    public async Task Data_from_a_pipe_are_kept_for_resuming()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        string train = $"'{HgqTool.Path}' train - --target cluster {string.Join(' ', Short)}";
        var piped = await ToolProcess.RunAsync("bash", ["-c", $"cat samples/data/clusters.csv | {train}"], folder.Path, System.TimeSpan.FromMinutes(2));
        Assert.True(piped is { ExitCode: 0, Error: "" }, piped.ToString());
        File.Delete(folder.Combine("run", "model.hgq.json"));
        var resumed = await HgqTool.RunAsync(folder.Path, "train", "--resume", "run", "-q");
        Assert.True(resumed is { ExitCode: 0, Error: "" }, resumed.ToString());
        Assert.Equal(piped.Output, resumed.Output);
    }

    [Fact]
    public async Task Evaluation_remembers_the_target_and_finds_the_parts_of_the_run()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Assert.Equal(0, (await TrainAsync(folder, "samples/data/clusters.csv", "cluster")).ExitCode);
        JsonNode summary = JsonNode.Parse(File.ReadAllText(folder.Combine("run", "summary.json")))!["chosen"]!;
        JsonNode test = await EvaluateAsync(folder, "--rows", "test"), validation = await EvaluateAsync(folder, "--rows", "validation", "--data", "samples/data/clusters.csv");
        Assert.Equal((80, (double)summary["test"]!), ((int)test["samples"]!, (double)test["outputs"]![0]!["accuracy"]!));
        Assert.Equal((80, (double)summary["validation"]!), ((int)validation["samples"]!, (double)validation["outputs"]![0]!["accuracy"]!));
        Assert.Equal(400, (int)(await EvaluateAsync(folder, "--data", "samples/data/clusters.csv"))["samples"]!);

        File.WriteAllText(folder.Combine("other.csv"), "x,y,z,noise,cluster\n1,2,3,4,north\n");
        File.Copy(folder.Combine("run", "model.hgq.json"), folder.Combine("alone.hgq.json"));
        Assert.Contains("other data than those of the run", (await HgqTool.RunAsync(folder.Path, "evaluate", "run/model.hgq.json", "--rows", "test", "--data", "other.csv")).Error);
        Assert.Contains("there is none beside it", (await HgqTool.RunAsync(folder.Path, "evaluate", "alone.hgq.json", "--rows", "test")).Error);
        Assert.Contains("--data is missing", (await HgqTool.RunAsync(folder.Path, "evaluate", "alone.hgq.json")).Error);
        Assert.Contains("run is a folder; its model is run/model.hgq.json", (await HgqTool.RunAsync(folder.Path, "evaluate", "run", "--rows", "test")).Error);
    }

    [Fact]
    public async Task A_regression_is_judged_by_its_errors_and_what_they_leave_unexplained()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        var trained = await HgqTool.RunAsync(folder.Path, ["train", "samples/data/clusters.csv", "--target", "noise", "--ignore", "cluster", .. Short]);
        Assert.True(trained.ExitCode == 0, trained.ToString());
        JsonNode output = (await EvaluateAsync(folder, "--rows", "test"))["outputs"]![0]!;
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "predict", "run/model.hgq.json", "--data", "samples/data/clusters.csv", "--out", "p.csv")).ExitCode);
        JsonNode all = (await EvaluateAsync(folder, "--data", "samples/data/clusters.csv"))["outputs"]![0]!;
        double[] found = Column(folder.Combine("p.csv"), 1), truth = Column(folder.Combine("samples", "data", "clusters.csv"), 3);
        double mean = truth.Average();
        Assert.Equal(found.Zip(truth).Average(static pair => System.Math.Abs(pair.First - pair.Second)), (double)all["meanAbsoluteError"]!, 9);
        Assert.Equal(
            1 - (found.Zip(truth).Sum(static pair => System.Math.Pow(pair.First - pair.Second, 2)) / truth.Sum(t => System.Math.Pow(t - mean, 2))), (double)all["rSquared"]!, 9);
        Assert.NotEqual((double)all["rmsError"]!, (double)output["rmsError"]!);
        Assert.Matches(@"MAE +\S+ \(mean absolute error\)\nR² +-?\d", (await HgqTool.RunAsync(folder.Path, "evaluate", "run/model.hgq.json", "--rows", "test")).Output);
    }

    private static double[] Column(string path, int column) =>
        [.. File.ReadAllLines(path).Skip(1).Select(line => double.Parse(line.Split(',')[column], System.Globalization.CultureInfo.InvariantCulture))];

    private static Task<ToolResult> TrainAsync(TemporaryFolder folder, string data, string target, params string[] options)
    {
        string[] kept = options.Contains("--model") ? [.. Short.Where(static word => word is not ("--hidden" or "4"))] : Short;
        return HgqTool.RunAsync(folder.Path, ["train", data, "--target", target, .. kept, .. options]);
    }

    private static async Task RefusedAsync(TemporaryFolder folder, string reason, string data, string target, params string[] options)
    {
        byte[] before = File.ReadAllBytes(folder.Combine("run", "model.hgq.json"));
        var result = await TrainAsync(folder, data, target, options.Length > 0 || target == "cluster" ? options : ["--ignore", "cluster"]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("holds another run: ", result.Error);
        Assert.Contains(reason, result.Error);
        Assert.Contains("use --force to replace that run", result.Error);
        Assert.Equal(before, File.ReadAllBytes(folder.Combine("run", "model.hgq.json")));
    }

    private static async Task<JsonNode> EvaluateAsync(TemporaryFolder folder, params string[] options)
    {
        var result = await HgqTool.RunAsync(folder.Path, ["evaluate", "run/model.hgq.json", "--json", .. options]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonNode.Parse(result.Output)!;
    }
}
