using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class TrainTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    [Fact]
    public void Results_go_to_output_and_progress_to_error()
    {
        Assert.StartsWith("EBOPs  validation accuracy", run.Result.Output);
        Assert.EndsWith("model: run/model.hgq.json\n", run.Result.Output);
        Assert.Contains("epoch 150 of 150  loss ", run.Result.Error);
        Assert.DoesNotContain("\u001b", run.Result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_files_and_so_does_a_run_killed_and_resumed()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        await StopAsync(folder.Path, "INT", [.. TrainedRun.Arguments, "--out", "run"]);
        await StopAsync(folder.Path, "KILL", ["train", "--resume", "run"]);
        Assert.False(File.Exists(folder.Combine("run", "model.hgq.json")));

        var anew = await HgqTool.RunAsync(folder.Path, [.. TrainedRun.Arguments, "--out", "run"]);
        Assert.Equal(2, anew.ExitCode);
        Assert.Contains("--resume run", anew.Error);

        var resumed = await HgqTool.RunAsync(folder.Path, "train", "--resume", "run", "--quiet");
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal("", resumed.Error);
        Assert.Equal(run.Result.Output, resumed.Output);
        foreach (string file in new[] { "model.hgq.json", "history.csv", "summary.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(run.Folder, "run", file)), File.ReadAllBytes(folder.Combine("run", file)));
        }
    }

    [Fact]
    public async Task A_killed_run_leaves_whole_files_only_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        string state = folder.Combine("run", "checkpoint", "state.bin"), model = folder.Combine("run", "model.hgq.json");
        string[] arguments = [.. TrainedRun.Arguments, "--out", "run"];
        for (int kills = 0; kills < 3 && !File.Exists(model); kills++)
        {
            // In the middle of the work: as soon as the next checkpoint is there.
            var last = File.GetLastWriteTimeUtc(state);
            await StopAsync(folder.Path, "KILL", arguments, () => File.Exists(state) && File.GetLastWriteTimeUtc(state) != last);
            arguments = ["train", "--resume", "run"];
            AssertWhole(folder.Combine("run"));
        }

        var resumed = await HgqTool.RunAsync(folder.Path, arguments);
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(File.ReadAllBytes(Path.Combine(run.Folder, "run", "model.hgq.json")), File.ReadAllBytes(model));
    }

    [Fact]
    public async Task An_interrupted_run_ends_with_130_and_a_checkpoint()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        var (code, error) = await StopAsync(folder.Path, "INT", [.. TrainedRun.Arguments, "--out", "run"]);
        Assert.Equal(130, code);
        Assert.Contains("go on with: hgq train --resume run", error);
        Assert.True(File.Exists(folder.Combine("run", "checkpoint", "state.bin")));
    }

    [Theory]
    [InlineData("", "", "is missing")]
    [InlineData("a,b,t\n", "", "found no row")]
    [InlineData("a,b,t\n1,2,x\n3,y\n", "", "line 3")]
    [InlineData("a,b,t\n1,,x\n3,4,y\n", "", "line 2, column 2 \"b\"")]
    [InlineData("a,b,t\n1,two,x\n3,4,y\n", "", "found \"two\"")]
    [InlineData("a,b,t\n1,2,x\n3,4,x\n5,6,x\n", "", "one class \"x\"")]
    [InlineData("a,b,t\n1,2,x\n3,4,y\n5,6,z\n", "", "3 classes")]
    [InlineData("a,b,u\n1,2,x\n3,4,y\n", "", "target column \"t\"")]
    [InlineData("a,b,t\n1,2,x\n3,4,y\n", "--epochs 0", "--epochs '0': expected a positive whole number")]
    [InlineData("a,b,t\n1,2,x\n3,4,y\n", "--beta 1", "expected two positive numbers")]
    [InlineData("a,b,t\n1,2,x\n3,4,y\n", "--recipe none.json", "none.json")]
    [InlineData("a,b,t\n1,2,x\n3,4,y\n", "--task guessing", "Values: classification, regression")]
    [InlineData("a,b,t\n1,2,x\n3,4,y\n", "--resume run", "--resume takes everything from the folder")]
    public async Task Bad_input_gets_exit_code_2_and_leaves_no_folder(string data, string options, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("d.csv"), data);
        string[] words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] file = data.Length == 0 ? [] : ["d.csv"];
        var result = await HgqTool.RunAsync(folder.Path, ["train", .. file, "--target", "t", "--out", "run", .. words]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains(message, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.False(Directory.Exists(folder.Combine("run")));
    }

    [Fact]
    public async Task A_folder_that_is_no_run_is_refused_with_a_hint()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        var result = await HgqTool.RunAsync(folder.Path, [.. TrainedRun.Arguments, "--out", "samples"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--force", result.Error);
    }

    // What a run replaces has a temporary name until it is whole; everything else can be read to its end.
    private static void AssertWhole(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(file);
            switch (Path.GetExtension(file))
            {
                case ".json":
                    JsonDocument.Parse(bytes).Dispose();
                    break;
                case ".csv":
                    Assert.Equal((byte)'\n', bytes[^1]);
                    break;
                case ".html":
                    Assert.EndsWith("</html>\n", File.ReadAllText(file), StringComparison.Ordinal);
                    break;
                default:
                    // A checkpoint ends with the hash of all before it.
                    Assert.Equal(SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes)), bytes[^SHA256.HashSizeInBytes..]);
                    break;
            }
        }
    }

    // As soon as the folder is claimed: it ends with the first epoch, or at once.
    private static Task<(int Code, string Error)> StopAsync(string folder, string signal, string[] arguments) =>
        StopAsync(folder, signal, arguments, () => File.Exists(Path.Combine(folder, "run", "checkpoint", "run.json")));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static async Task<(int Code, string Error)> StopAsync(string folder, string signal, string[] arguments, Func<bool> moment)
    {
        // A shell that runs the tests in the background ignores SIGINT, and so would what it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", HgqTool.Path, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!moment() && !process.HasExited && !limit.IsCancellationRequested)
        {
            Thread.Sleep(2);
        }

        // The call itself, not the program: that takes long enough to start for a short training to end.
        _ = Kill(process.Id, signal == "INT" ? 2 : 9);
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }
}
