using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;
using HGQ.Testing.Pages;

namespace HGQ.Cli.Tests;

/// <summary>The page of a run or of a model.</summary>
public sealed class ReportTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    private const string Data = "samples/data/clusters.csv";

    private static readonly string[] Short = ["--method", "recipe", "--epochs", "3", "--hidden", "4", "-q"];

    [Fact]
    public async Task Training_writes_the_page_and_the_verb_writes_the_same_where_LUTs_are_left_out()
    {
        Assert.Contains("\nreport: run/report.html\nmodel: run/model.hgq.json\n", run.Result.Output, StringComparison.Ordinal);
        string first = File.ReadAllText(Path.Combine(run.Folder, "run", "report.html"));
        Assert.Contains("LUTs were not counted. This counts them: hgq report RUN", first, StringComparison.Ordinal);
        Assert.Contains($"hgq {string.Join(' ', TrainedRun.Arguments)} --out RUN\nhgq report RUN</pre>", first, StringComparison.Ordinal);
        Assert.Contains("On 80 test rows, by the exact integers.", first, StringComparison.Ordinal);

        using var folder = Copy();
        var result = await HgqTool.RunAsync(folder.Path, "report", "run", "--luts", "none");
        Assert.Equal((0, "report: run/report.html\n", ""), (result.ExitCode, result.Output, result.Error));
        string again = File.ReadAllText(folder.Combine("run", "report.html"));
        string[] lines = [.. first.Split('\n').Where(static line => !line.Contains("LUTs were not counted", StringComparison.Ordinal))];
        Assert.Equal(string.Join('\n', lines), again);
    }

    [ToolTheory(Browser.Program)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_of_a_real_run_is_legible(bool dark)
    {
        using var folder = Copy();
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "report", "run", "--out", "a.html")).ExitCode);
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "report", "run", "--out", "-")).ExitCode);
        PageMeasures seen = await Browser.MeasureAsync(folder.Combine("a.html"), dark);
        Assert.Empty(seen.Overlaps);
        Assert.Empty(seen.Cut);
        Assert.Empty(seen.Faint);
        Assert.Empty(seen.Empty);
        Assert.Contains("Validation and test accuracy in % against EBOPs", seen.Charts);
        Assert.Contains("<span class=\"muted\">LUTs</span>", File.ReadAllText(folder.Combine("a.html")), StringComparison.Ordinal);
        Assert.Empty(await Browser.ShowAsync(folder.Combine("a.html"), folder.Combine("a.png"), dark));
    }

    [Fact]
    public async Task A_model_alone_has_a_page_with_rows_and_without()
    {
        using var folder = Copy();
        File.Copy(folder.Combine("run", "model.hgq.json"), folder.Combine("alone.hgq.json"));
        var bare = await HgqTool.RunAsync(folder.Path, "report", "alone.hgq.json");
        Assert.Equal((0, "report: alone.html\n"), (bare.ExitCode, bare.Output));
        string page = File.ReadAllText(folder.Combine("alone.html"));
        Assert.Contains("<td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"evaluation\"", page, StringComparison.Ordinal);

        var rows = await HgqTool.RunAsync(folder.Path, "report", "alone.hgq.json", "--data", Data, "--out", "rows.html");
        Assert.True(rows.ExitCode == 0, rows.ToString());
        page = File.ReadAllText(folder.Combine("rows.html"));
        Assert.Contains("On 400 rows, by the exact integers.", page, StringComparison.Ordinal);
        string accuracy = (await HgqTool.RunAsync(folder.Path, "evaluate", "alone.hgq.json", "--data", Data)).Output.Split('\n')[1];
        Assert.Contains($"<dd>{accuracy["accuracy   ".Length..]}</dd>", page, StringComparison.Ordinal);
        string hardware = (await HgqTool.RunAsync(folder.Path, "inspect", "alone.hgq.json", "--hardware")).Output.Split("total: ")[^1];
        Assert.Contains($"<span class=\"muted\">LUTs</span><b>{hardware.Split(' ')[0]}</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LUTs_that_take_long_are_counted_on_request_only()
    {
        using var folder = new TemporaryFolder();
        File.Copy(RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models", "mnist_mlp.hgq.json"), folder.Combine("m.hgq.json"));
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "report", "m.hgq.json")).ExitCode);
        string page = File.ReadAllText(folder.Combine("m.html"));
        Assert.Contains("LUTs were not counted: a model of 390144 EBOPs takes long", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<span class=\"muted\">LUTs</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_regression_has_residuals()
    {
        using var folder = Copy();
        string[] train = ["train", Data, "--target", "noise", "--ignore", "cluster", "--out", "reg"];
        var trained = await HgqTool.RunAsync(folder.Path, [.. train, .. Short]);
        Assert.True(trained.ExitCode == 0, trained.ToString());
        string page = File.ReadAllText(folder.Combine("reg", "report.html"));
        Assert.Contains("Rows by output − target", page, StringComparison.Ordinal);
        Assert.Contains("<dt>mean absolute error</dt>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_are_gone_are_told_and_left_out()
    {
        using var folder = Copy();
        string request = folder.Combine("run", "checkpoint", "run.json");
        File.WriteAllText(request, File.ReadAllText(request).Replace("clusters.csv\"", "gone.csv\"", StringComparison.Ordinal));
        var result = await HgqTool.RunAsync(folder.Path, "report", "run", "--luts", "none");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning: the data of the run are not at hand", result.Error, StringComparison.Ordinal);
        string page = folder.Combine("run", "report.html");
        Assert.Contains("The data of the run were not at hand", File.ReadAllText(page), StringComparison.Ordinal);

        var named = await HgqTool.RunAsync(folder.Path, "report", "run", "--data", Data, "--luts", "none");
        Assert.Equal((0, ""), (named.ExitCode, named.Error));
        Assert.Contains("id=\"evaluation\"", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_fails_does_not_lose_the_run()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        var environment = new Dictionary<string, string?> { ["HGQ_TEST_FAULT"] = "report" };
        string[] train = ["train", Data, "--target", "cluster", "--out", "run"];
        var result = await HgqTool.RunAsync(folder.Path, environment, [.. train, .. Short]);
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(" candidates in run/pareto\nmodel: run/model.hgq.json\n", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: the run is whole, but run/report.html was not written: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Combine("run", "report.html")));
        Assert.True(File.Exists(folder.Combine("run", "summary.json")));
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, "report", "run", "--luts", "none")).ExitCode);
    }

    [Fact]
    public async Task Figures_of_epochs_are_written_for_TensorBoard()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        string[] train = ["train", Data, "--target", "cluster", "--out", "run", .. Short];
        var result = await HgqTool.RunAsync(folder.Path, [.. train, "--tensorboard", "run/events"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string file = Assert.Single(Directory.GetFiles(folder.Combine("run", "events"), "events.out.tfevents.*"));
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
        Assert.Equal(3, text.Split("validation/accuracy").Length - 1);

        // Each seed has a folder of its own.
        string[] seeds = ["train", Data, "--target", "cluster", "--out", "two", "--epochs", "3", "--hidden", "4", "--seeds", "2", "-q"];
        Assert.Equal(0, (await HgqTool.RunAsync(folder.Path, [.. seeds, "--tensorboard", "events"])).ExitCode);
        Assert.Equal(["seed-0", "seed-1"], Directory.GetDirectories(folder.Combine("events")).Select(Path.GetFileName).Order());

        var refused = await HgqTool.RunAsync(folder.Path, [.. train, "--tensorboard", Data]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"--tensorboard {Data} is no folder", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "none: there is no such file or folder; name the folder of a run or sweep, or a model file")]
    [InlineData("samples", "samples: not the folder of a run")]
    [InlineData("run --out samples", "samples is a folder; name a file")]
    [InlineData("run --out none/x.html", "there is no folder none")]
    [InlineData("run --out mine.html", "mine.html exists and was not written by this tool")]
    [InlineData("run --target cluster", "a run has its own target; leave --target out")]
    [InlineData("run --data other.csv", "other data than those of the run")]
    [InlineData("run --data none.csv", "none.csv")]
    [InlineData("run --luts many", "many")]
    [InlineData("broken.hgq.json", "broken.hgq.json(")]
    [InlineData("mine.html", "mine.html(")]
    [InlineData("run/model.hgq.json --target cluster --out x.html", "--target needs rows")]
    [InlineData("run/model.hgq.json --data other.csv --target none --out x.html", "none")]
    [InlineData("stopped", "go on with: hgq train --resume stopped")]
    [InlineData("damaged", "summary.json: damaged (line 1)")]
    [InlineData("empty", "model.hgq.json")]
    public async Task Bad_input_is_named_and_writes_nothing(string arguments, string message)
    {
        using var folder = Copy();
        File.WriteAllText(folder.Combine("mine.html"), "<!DOCTYPE html>\n<p>mine</p>\n");
        File.WriteAllText(folder.Combine("other.csv"), "x,y,z,noise,cluster\n1,2,3,4,north\n");
        File.WriteAllText(folder.Combine("broken.hgq.json"), "{\n  \"format\": \"hgq-model\",\n  \"version\": 1,\n}");
        CopyFolder(folder.Combine("run"), folder.Combine("stopped"));
        File.Delete(folder.Combine("stopped", "summary.json"));
        CopyFolder(folder.Combine("run"), folder.Combine("damaged"));
        File.WriteAllText(folder.Combine("damaged", "summary.json"), "{");
        CopyFolder(folder.Combine("run"), folder.Combine("empty"));
        File.Delete(folder.Combine("empty", "model.hgq.json"));
        string[] before = Pages();

        var result = await HgqTool.RunAsync(folder.Path, ["report", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Pages());

        string[] Pages() => [.. Directory.EnumerateFiles(folder.Path, "*.html", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => path + File.ReadAllText(path).Length)];
    }

    [Fact]
    public async Task Force_replaces_what_is_not_ours()
    {
        using var folder = Copy();
        File.WriteAllText(folder.Combine("mine.html"), "mine");
        var result = await HgqTool.RunAsync(folder.Path, "report", "run", "--luts", "none", "--out", "mine.html", "--force");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder.Combine("mine.html")), StringComparison.Ordinal);
    }

    private TemporaryFolder Copy()
    {
        var folder = new TemporaryFolder();
        CopyFolder(Path.Combine(run.Folder, "run"), folder.Combine("run"));
        TrainedRun.CopySamples(folder.Path);
        return folder;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
