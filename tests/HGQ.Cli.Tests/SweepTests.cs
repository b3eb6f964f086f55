using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HGQ.Cli.Tests.Documents;
using HGQ.Sweep.Plan;
using HGQ.Testing;
using HGQ.Testing.Pages;

namespace HGQ.Cli.Tests;

public sealed class SweepTests
{
    private const string Head = """{ "format": "hgq-sweep", "version": 1, "data": "samples/data/clusters.csv", """;

    [Fact]
    public void A_sweep_may_set_every_option_that_does_not_say_where_a_run_is()
    {
        Command train = ToolAssemblies.CommandLine().Subcommands.Single(command => command.Name == "train");
        string[] names = [.. train.Options.Select(option => option.Name.TrimStart('-')).Except(["out", "resume", "force", "tensorboard"])];
        Assert.Equal(TrainOptions.Names, names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("sweep none.json --out s", "none.json: no sweep file can be read there (no such file); check the path.")]
    [InlineData("sweep s.json", "--out is missing: the folder of the sweep")]
    [InlineData("sweep s.json --out -", "--out - is no folder")]
    [InlineData("sweep s.json --out samples", "samples: it is not the folder of a sweep, and holds something else; name another one.")]
    [InlineData("sweep s.json --out s --executor pbs", "--executor 'pbs' does not exist")]
    [InlineData("sweep s.json --out s --jobs 0", "--jobs '0': expected a positive whole number")]
    [InlineData("sweep s.json --out s --attempts 1,5", "--attempts '1,5': expected a positive whole number; write 1.5")]
    [InlineData("sweep s.json --out s --partition gpu", "--partition belongs to --executor slurm")]
    [InlineData("sweep s.json --out s --no-wait", "--no-wait belongs to --executor slurm")]
    [InlineData("sweep s.json --out s --executor slurm --sbatch mem=2G",
        "--sbatch 'mem=2G': expected an option of sbatch in one word, for example --sbatch=--mem=2G")]
    [InlineData("sweep s.json --out s --trainer none", "--trainer none: there is no such file")]
    [InlineData("sweep s.json --out s --budgets 100,x",
        "--budgets '100,x': expected positive whole numbers, parted by commas, for example 500,2000")]
    [InlineData("sweep s.json --out s --json --csv", "--json and --csv are two forms; leave one out")]
    [InlineData("sweep s.json --status", "--status needs the folder of a sweep; s.json is a file")]
    [InlineData("sweep none --collect", "--collect needs the folder of a sweep; none is not there")]
    [InlineData("sweep . --status --cancel", "--status and --cancel are two things to do; leave one out")]
    [InlineData("sweep . --status", ".: this is not the folder of a sweep; give the sweep file, and the folder by --out.")]
    [InlineData("sweep s.json --statis", "unknown option '--statis'; did you mean '--status'?")]
    [InlineData("schema swep", "there is no schema of a 'swep' file; did you mean 'sweep'? Files: model, sweep")]
    public async Task Wrong_use_is_refused_with_what_to_do(string line, string message)
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Write(folder, """ "parameters": { "seed": [0] } }""");
        await RefusedAsync(folder, line, "error: " + message);
    }

    [Theory]
    [InlineData(""" "parameters": { "lr": [0.1, -1] } }""",
        "s.json, line 1, column 99: t0002 (lr=-1): --lr '-1': expected a positive number")]
    [InlineData(""" "parameters": { "hidden": ["8;4"] } }""",
        "s.json, line 1, column 103: t0001 (hidden=8;4): --hidden '8;4': expected numbers of outputs, for example 64,32")]
    [InlineData(""" "options": { "norm": "layer" }, "parameters": { "seed": [0] } }""",
        "s.json, line 1, column 98: t0001 (seed=0): --norm 'layer' does not exist Values: batch, none")]
    [InlineData(""" "options": { "recipe": "r.json" }, "parameters": { "recipe.training.bach": [8] } }""",
        "s.json, line 1, column 152: t0001 (recipe.training.bach=8): training.bach: ")]
    [InlineData(""" "options": { "recipe": "r.json" }, "parameters": { "recipe.training.batch": [8, 0] } }""",
        "s.json, line 1, column 153: t0002 (recipe.training.batch=0): training.batch: found 0, expected at least 1.")]
    [InlineData(""" "options": { "recipe": "r.json", "method": "front" }, "parameters": { "seed": [8] } }""",
        "s.json, line 1, column 100: t0001 (seed=8): --recipe says how to train; leave --method out")]
    [InlineData(""" "options": { "model": "r.json" }, "parameters": { "seed": [8] } }""", "s.json, line 1, column 99: t0001 (seed=8): ")]
    public async Task What_no_task_could_be_trained_with_is_refused_before_the_first_begins(string members, string message)
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        File.WriteAllText(folder.Combine("r.json"), """{ "format": "hgq-recipe", "version": 1, "training": { "epochs": 2 } }""");
        Write(folder, members);
        await RefusedAsync(folder, "sweep s.json --out s", "error: " + message);
    }

    [Fact]
    public async Task Failed_tasks_are_told_and_the_others_collected()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Write(folder, """ "options": { "method": "recipe", "epochs": 2 }, "parameters": { "target": ["clustr", "cluster"] } }""");
        var result = await HgqTool.RunAsync(folder.Path, "sweep", "s.json", "--out", "s");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("warning: t0001 (target=clustr) failed: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: 1 of 2 tasks failed; tasks/NAME/log.txt says more, and the same command tries them again\n", result.Error,
            StringComparison.Ordinal);
        Assert.Contains("1 of 2 tasks\n", result.Output, StringComparison.Ordinal);
        var status = await HgqTool.RunAsync(folder.Path, "sweep", "s", "--status");
        Assert.Contains("failed       1\nfinished     1\n", status.Output, StringComparison.Ordinal);
        Assert.Contains("t0001  failed  -           1  target=clustr", status.Output, StringComparison.Ordinal);
    }

    [ToolFact(Browser.Program)]
    public async Task A_sweep_has_a_page_as_a_run_has()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Write(folder, """
            "options": { "target": "cluster", "method": "recipe", "epochs": 40 },
            "parameters": { "hidden": [[4], [8]], "seed": [0, 1] } }
            """);
        var result = await HgqTool.RunAsync(folder.Path, "sweep", "s.json", "--out", "s", "--quiet");
        Assert.True(result.ExitCode == 0, result.ToString());
        string path = folder.Combine("s", "report.html");
        Assert.EndsWith($"\nreport: {path}\n", result.Output, StringComparison.Ordinal);
        string page = File.ReadAllText(path);
        foreach (string row in File.ReadLines(folder.Combine("s", "front.csv")).Skip(1))
        {
            string[] cells = row.Split(',');
            Assert.Contains($"<tr><td>{cells[0]}</td><td>", page, StringComparison.Ordinal);
            Assert.Contains($"<td class=\"text\">{cells[4]}</td><td class=\"text\">{cells[5]}</td><td class=\"text\">{cells[6]}</td>", page,
                StringComparison.Ordinal);
        }

        PageMeasures seen = await Browser.MeasureAsync(path, dark: true);
        Assert.Equal((0, 0, 0, 0), (seen.Overlaps.Count, seen.Cut.Count, seen.Faint.Count, seen.Empty.Count));
        Assert.Equal(7, seen.Charts.Count);

        // The verb makes the same page; what belongs to a run is refused.
        var again = await HgqTool.RunAsync(folder.Path, "report", "s");
        Assert.Equal((0, "report: s/report.html\n", ""), (again.ExitCode, again.Output, again.Error));
        Assert.Equal(page, File.ReadAllText(path));
        var refused = await HgqTool.RunAsync(folder.Path, "report", "s", "--luts", "all");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("error: s is the folder of a sweep; --luts belongs to a run or a model, leave it out\n", refused.Error);

        // Where no task is finished there is nothing to show, and what was written before stays.
        Directory.Delete(folder.Combine("s", "tasks"), recursive: true);
        var empty = await HgqTool.RunAsync(folder.Path, "report", "s");
        Assert.Equal(2, empty.ExitCode);
        Assert.Contains("none of its 4 tasks is complete yet", empty.Error, StringComparison.Ordinal);
        Assert.Equal(page, File.ReadAllText(path));
    }

    [Fact]
    public async Task The_tasks_are_shown_and_none_is_begun()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Write(folder, """ "options": { "target": "cluster" }, "parameters": { "seed": { "from": 1, "to": 2 } } }""");
        var result = await HgqTool.RunAsync(folder.Path, "sweep", "s.json", "--dry-run");
        string data = folder.Combine("samples", "data", "clusters.csv");
        Assert.Equal(
            (0, $"t0001  hgq train {data} --target=cluster --seed=1\nt0002  hgq train {data} --target=cluster --seed=2\n2 tasks\n", ""),
            (result.ExitCode, result.Output, result.Error));
        Assert.Equal(["s.json", "samples"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    /// <summary>A terminal sends Ctrl-C to the tool and its trainings, and the tool passes its own on: each hears it twice.</summary>
    [ToolFact("setsid")]
    public async Task A_sweep_that_is_interrupted_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        Write(folder, """
            "options": { "target": "cluster", "method": "recipe", "epochs": 200, "hidden": [8], "batch": 32 },
            "parameters": { "seed": [0, 1] } }
            """);
        var start = new ProcessStartInfo("setsid",
            ["env", "--default-signal=INT", HgqTool.Path, "sweep", "s.json", "--out", "s", "--jobs", "1"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        while (!File.Exists(folder.Combine("s", "tasks", "t0001", "run", "checkpoint", "run.json")) && !process.HasExited)
        {
            await Task.Delay(10);
        }

        _ = Kill(-process.Id, 2);
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith($"error: interrupted; the checkpoints are written, go on with: hgq sweep {folder.Combine("s")}\n", await error,
            StringComparison.Ordinal);
        Assert.Contains("\"stage\": \"interrupted\"", File.ReadAllText(folder.Combine("s", "tasks", "t0001", "state.json")),
            StringComparison.Ordinal);
        Assert.True(File.Exists(folder.Combine("s", "tasks", "t0001", "run", "checkpoint", "state.bin")),
            File.ReadAllText(folder.Combine("s", "tasks", "t0001", "log.txt")));

        // By its folder alone, and with the result of a sweep that nobody stopped.
        var resumed = await HgqTool.RunAsync(folder.Path, "sweep", "s", "--json");
        var whole = await HgqTool.RunAsync(folder.Path, "sweep", "s.json", "--out", "whole", "--json");
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(whole.Output, resumed.Output);
    }

    private static async Task RefusedAsync(TemporaryFolder folder, string line, string message)
    {
        var result = await HgqTool.RunAsync(folder.Path, line.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
        Plain.Require(result.Error);
        Assert.False(Directory.Exists(folder.Combine("s")));
    }

    private static void Write(TemporaryFolder folder, string members) => File.WriteAllText(folder.Combine("s.json"), Head + members.Trim());

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
