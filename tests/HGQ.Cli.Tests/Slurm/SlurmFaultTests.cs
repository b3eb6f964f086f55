using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Slurm;

/// <summary>What becomes of a sweep where Slurm itself does not do what it should; its programs are scripts here.</summary>
public sealed class SlurmFaultTests
{
    private const string Submit = "echo \"$*\" >> \"$CALLS\"; grep -h '^#SBATCH' \"$2\" > \"$CALLS.options\"; echo 41";

    [ToolFact("bash")]
    public async Task Jobs_that_end_before_they_begin_are_given_up()
    {
        using var folder = Prepare(("squeue", ""), ("sbatch", Submit), ("sacct", "echo '41_1|NODE_FAIL'"));
        var result = await SweepAsync(folder, "--attempts", "2", "--time", "1:00:00", "--sbatch=--mem=2G", "--jobs", "3");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("job 41: 1 tasks, t0001 to t0001\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("t0001 has left the queue unfinished (NODE_FAIL); submitted again\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: t0001 (seed=0) failed: Slurm ended it before it began; see the folder slurm\n", result.Error,
            StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(folder.Combine("calls")).Length);
        string options = File.ReadAllText(folder.Combine("calls.options"));
        Assert.Contains("#SBATCH --array=1-1%3\n", options, StringComparison.Ordinal);
        Assert.EndsWith("#SBATCH --signal=B:TERM@60\n#SBATCH --time=1:00:00\n#SBATCH --mem=2G\n", options, StringComparison.Ordinal);
    }

    [ToolFact("bash")]
    public async Task An_array_that_is_refused_says_why()
    {
        using var folder = Prepare(("squeue", ""), ("sbatch", "echo 'sbatch: error: invalid partition specified: gpu' >&2; exit 1"));
        var result = await SweepAsync(folder, "--partition", "gpu");
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("sbatch refuses it: sbatch: error: invalid partition specified: gpu. Mend the options, and give the command " +
            "again.\n", result.Error, StringComparison.Ordinal);
    }

    [ToolFact("bash")]
    public async Task A_controller_that_is_away_for_a_moment_is_waited_for()
    {
        using var folder = Prepare(
            ("squeue", "[ -e \"$CALLS.asked\" ] || { touch \"$CALLS.asked\"; echo 'slurm_load_jobs error: Unable to contact slurm " +
                "controller' >&2; exit 1; }"),
            ("sbatch", Submit));
        var result = await SweepAsync(folder, "--no-wait");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "the queue can't be read for now (slurm_load_jobs error: Unable to contact slurm controller); the tasks are safe\n"
            + "job 41: 1 tasks, t0001 to t0001\n0 of 1 tasks are finished; --status tells how far the others are\n",
            result.Error);
    }

    [ToolFact("bash")]
    public async Task Cancelled_tasks_leave_the_queue_and_are_not_submitted_again()
    {
        const string queue = """
            [ -e "$CALLS.cancelled" ] || [ ! -e "$CALLS" ] || echo "hgq-$(cat s/slurm/mark)-0001|1|PENDING|41"
            """;
        using var folder = Prepare(("squeue", queue), ("sbatch", Submit), ("scancel", "echo \"$*\" > \"$CALLS.cancelled\""));
        Assert.Equal(0, (await SweepAsync(folder, "--no-wait")).ExitCode);
        var result = await RunAsync(folder, "sweep", "s", "--cancel");
        Assert.Equal((0, "1 tasks taken out of the queue of Slurm\n"), (result.ExitCode, result.Error));
        Assert.Equal("41\n", File.ReadAllText(folder.Combine("calls.cancelled")));
        Assert.Equal("nothing is at work there\n", (await RunAsync(folder, "sweep", "s", "--cancel")).Error);
        Assert.Single(File.ReadAllLines(folder.Combine("calls")));

        // Given again, the command takes the task up.
        Assert.Equal(0, (await SweepAsync(folder, "--no-wait")).ExitCode);
        Assert.Equal(2, File.ReadAllLines(folder.Combine("calls")).Length);
        Assert.False(File.Exists(folder.Combine("s", "cancelled")));
    }

    [ToolFact("bash")]
    public async Task Without_Slurm_the_program_that_is_missing_is_named()
    {
        using var folder = Prepare();
        var result = await SweepAsync(folder);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("error: squeue is not on this machine; submit from one that belongs to a Slurm cluster, or use --executor local\n",
            result.Error);
    }

    private static TemporaryFolder Prepare(params (string Name, string Script)[] programs)
    {
        var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        File.WriteAllText(folder.Combine("sweep.json"), """
            {
              "format": "hgq-sweep", "version": 1, "data": "samples/data/clusters.csv",
              "options": { "target": "cluster" }, "parameters": { "seed": [0] }
            }
            """);
        Directory.CreateDirectory(folder.Combine("bin"));
        foreach ((string name, string script) in programs)
        {
            File.WriteAllText(folder.Combine("bin", name), $"#!/bin/bash\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder.Combine("bin", name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        foreach (string tool in new[] { "bash", "cat", "grep", "touch" })
        {
            File.CreateSymbolicLink(folder.Combine("bin", tool), HostTools.Find(tool)!);
        }

        return folder;
    }

    private static Task<ToolResult> SweepAsync(TemporaryFolder folder, params string[] arguments) =>
        RunAsync(folder, ["sweep", "sweep.json", "--out", "s", "--executor", "slurm", .. arguments]);

    private static Task<ToolResult> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["PATH"] = folder.Combine("bin"), ["CALLS"] = folder.Combine("calls") };
        return HgqTool.RunAsync(folder.Path, environment, arguments);
    }
}
