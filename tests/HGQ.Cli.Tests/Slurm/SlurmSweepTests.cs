using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Slurm;

/// <summary>Sweeps on a real Slurm, whose tasks and whose submitter are killed on the way.</summary>
public sealed class SlurmSweepTests
{
    private const int Tasks = 12;

    private const string Sweep = """
        {
          "format": "hgq-sweep",
          "version": 1,
          "title": "twelve small tasks",
          "data": "samples/data/clusters.csv",
          "options": { "target": "cluster", "method": "recipe", "epochs": 100, "batch": 64, "beta": "1e-4:1e-2" },
          "parameters": { "hidden": ["6", "8"], "lr": { "from": 0.005, "to": 0.02, "count": 3, "scale": "logarithmic" }, "seed": [0, 1] }
        }
        """;

    private static readonly string[] OnSlurm =
        ["--executor", "slurm", "--partition", "tests", "--time", "10", "--array-size", "8", "--sbatch=--comment=hgq"];

    [SlurmFact]
    public async Task A_sweep_that_lost_tasks_and_its_submitter_ends_with_the_front_of_the_local_one()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        File.WriteAllText(folder.Combine("sweep.json"), Sweep);
        await using SlurmCluster cluster = await SlurmCluster.StartAsync();
        string tasks = folder.Combine("slurm", "tasks");

        string[] killed;
        string requeued;
        using (Process submitter = Submit(folder, cluster))
        {
            // Two at work, each long enough to be killed; one dies of SIGKILL, the other is requeued by the cluster.
            killed = await RunningAsync(cluster, tasks, submitter, 2);
            Kill((int)State(tasks, killed[0])["process"]!["id"]!);
            requeued = await ElementAsync(folder, cluster, killed[1]);
            Assert.Equal(0, (await cluster.RunAsync("scontrol", "requeue", requeued)).ExitCode);
            submitter.Kill();
            await submitter.WaitForExitAsync();
        }

        // Nobody watches now, and the tasks are there.
        Assert.NotEmpty(await cluster.QueueAsync());
        var status = await HgqTool.RunAsync(folder.Path, cluster.Environment, "sweep", "slurm", "--status");
        Assert.True(status is { ExitCode: 0, Error: "" }, status.ToString());
        Assert.StartsWith("waiting ", status.Output, StringComparison.Ordinal);

        // This machine begins nothing that the cluster has, and nothing has failed for that.
        var refused = await HgqTool.RunAsync(folder.Path, cluster.Environment, "sweep", "slurm");
        Assert.Equal(2, refused.ExitCode);
        Assert.Matches(
            @"slurm: Slurm has \d+ of its 12 tasks: t\d{4} is [A-Z]+ \(job \d+\)\. Go on with --executor slurm, ", refused.Error);
        Assert.DoesNotContain("failed", refused.Error, StringComparison.Ordinal);

        var watched = await HgqTool.RunAsync(folder.Path, cluster.Environment,
            ["sweep", "sweep.json", "--out", "slurm", .. OnSlurm, "--csv"]);
        Assert.True(watched.ExitCode == 0, $"{watched}\n{cluster.Logs()}");
        var local = await HgqTool.RunAsync(folder.Path, "sweep", "sweep.json", "--out", "local", "--jobs", "2", "--csv");
        Assert.True(local.ExitCode == 0, local.ToString());

        Assert.Equal(local.Output, watched.Output);
        foreach (string file in new[] { "front.json", "front.csv", "plan.json" }.Concat(ModelsOf(folder.Combine("local", "front.json"))))
        {
            Assert.Equal(File.ReadAllBytes(folder.Combine("local", file)), File.ReadAllBytes(folder.Combine("slurm", file)));
        }

        // The two were begun again, and no other one.
        int[] starts = [.. Enumerable.Range(1, Tasks).Select(task => (int)State(tasks, Name(task))["starts"]!)];
        Assert.Equal(killed.Order(StringComparer.Ordinal), Enumerable.Range(1, Tasks).Where(task => starts[task - 1] > 1).Select(Name));
        Assert.Empty(await cluster.QueueAsync());

        // Twelve tasks in arrays of eight.
        Assert.Equal(["0001.txt", "0002.txt"], Directory.EnumerateFiles(folder.Combine("slurm", "slurm"), "*.txt").Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    private static Process Submit(TemporaryFolder folder, SlurmCluster cluster)
    {
        string[] arguments = ["sweep", "sweep.json", "--out", "slurm", .. OnSlurm, "--quiet"];
        var start = new ProcessStartInfo(HgqTool.Path, arguments) { WorkingDirectory = folder.Path };
        foreach ((string name, string? value) in cluster.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    // Names of tasks whose training is at work.
    private static async Task<string[]> RunningAsync(SlurmCluster cluster, string tasks, Process submitter, int count)
    {
        for (int tries = 0; ; tries++)
        {
            string[] running = [.. Enumerable.Range(1, Tasks).Select(Name).Where(name => IsRunning(tasks, name))];
            if (running.Length >= count)
            {
                return running[..count];
            }

            Assert.True(tries < 1200, $"no tasks run (submitter {(submitter.HasExited ? "ended" : "at work")})\n{cluster.Logs()}");
            await Task.Delay(25);
        }
    }

    private static bool IsRunning(string tasks, string name) =>
        File.Exists(Path.Combine(tasks, name, "state.json")) && (string)State(tasks, name)["stage"]! == "running"
            && File.Exists(Path.Combine(tasks, name, "run", "checkpoint", "run.json"));

    private static JsonNode State(string tasks, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(tasks, name, "state.json")))!;

    private static async Task<string> ElementAsync(TemporaryFolder folder, SlurmCluster cluster, string task)
    {
        string list = Directory.EnumerateFiles(folder.Combine("slurm", "slurm"), "*.txt")
            .Single(file => File.ReadAllLines(file).Contains(task));
        string job = File.ReadAllText(Path.ChangeExtension(list, ".job")).Trim();
        string element = $"{job}_{Array.IndexOf(File.ReadAllLines(list), task) + 1}";
        Assert.Contains((element, "RUNNING"), await cluster.QueueAsync());
        return element;
    }

    private static IEnumerable<string> ModelsOf(string front) =>
        JsonNode.Parse(File.ReadAllText(front))!["front"]!.AsArray().Select(point => (string)point!["file"]!);

    private static string Name(int task) => "t" + task.ToString("D4", CultureInfo.InvariantCulture);

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }
}
