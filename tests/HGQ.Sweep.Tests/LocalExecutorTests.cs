using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using HGQ.Testing;

namespace HGQ.Sweep.Tests;

public sealed class LocalExecutorTests
{
    [ToolFact("sh")]
    public async Task Every_task_is_trained_once_in_a_folder_of_its_own()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": { "from": 10, "to": 15 } }  """);
        var progress = new SilentProgress();
        Assert.Equal(new SweepCounts(6, 6, 0, 0), await RunAsync(temporary, folder, progress, jobs: 2));
        Assert.Equal(new SweepCounts(6, 6, 0, 0), progress.Last);
        Assert.Equal([$"train {temporary.Combine("data.csv")} --seed=12"], StubTrainer.Calls(folder, 2));
        Assert.Equal("working\n", File.ReadAllText(folder.Of(StubTrainer.Task(folder, 2)).Log));

        // Once more: nothing is left to do.
        progress = new SilentProgress();
        Assert.Equal(new SweepCounts(6, 6, 0, 0), await RunAsync(temporary, folder, progress, jobs: 2));
        Assert.Empty(progress.Events);
        Assert.Single(StubTrainer.Calls(folder, 2));
    }

    [ToolFact("sh")]
    public async Task A_crash_is_tried_again_from_the_checkpoint_and_wrong_input_is_not()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": { "from": 0, "to": 3 } }  """);
        var progress = new SilentProgress();
        Assert.Equal(new SweepCounts(4, 2, 2, 0), await RunAsync(temporary, folder, progress, jobs: 1));

        Assert.Equal((TaskStage.Failed, "column none is not there"),
            (StubTrainer.State(folder, 1).Stage, StubTrainer.State(folder, 1).Message));
        Assert.Single(StubTrainer.Calls(folder, 1));
        Assert.Equal(["train --resume run"], StubTrainer.Calls(folder, 2)[1..]);
        Assert.Equal((TaskStage.Finished, 2), (StubTrainer.State(folder, 2).Stage, StubTrainer.State(folder, 2).Starts));
        Assert.Equal(["train --resume run", "train --resume run"], StubTrainer.Calls(folder, 3)[1..]);
        Assert.Equal((TaskStage.Failed, 3, "it breaks"),
            (StubTrainer.State(folder, 3).Stage, StubTrainer.State(folder, 3).Attempts, StubTrainer.State(folder, 3).Message));
        Assert.Equal(2, progress.Events.Count(line => line == "t0004 TryAgain"));

        // Who asks again gets all attempts again.
        await RunAsync(temporary, folder, progress, jobs: 1);
        Assert.Equal(6, StubTrainer.Calls(folder, 3).Length);
        Assert.Equal(2, StubTrainer.Calls(folder, 1).Length);
    }

    [ToolFact("sh")]
    public async Task A_training_without_a_result_is_no_success()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [5] }  """);
        Assert.Equal(new SweepCounts(1, 0, 1, 0), await RunAsync(temporary, folder, new SilentProgress(), jobs: 1));
        Assert.Equal("the training ended without run/summary.json", StubTrainer.State(folder, 0).Message);
    }

    [Fact]
    public async Task A_trainer_that_is_no_program_fails_its_task()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [0] }  """);
        var settings = new TaskSettings(new Trainer(temporary.Combine("none"), []));
        Assert.Equal(new SweepCounts(1, 0, 1, 0), await new LocalExecutor(folder, settings, 1)
            .RunAsync(new SilentProgress(), CancellationToken.None));
        Assert.StartsWith(temporary.Combine("none") + " can't be started", StubTrainer.State(folder, 0).Message, StringComparison.Ordinal);
    }

    [ToolFact("sh")]
    public async Task Stopped_trainings_write_their_checkpoints_and_go_on_later()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [4, 40, 6] }  """);
        using var stop = new CancellationTokenSource();
        var progress = new SilentProgress();
        Task<SweepCounts> running = RunAsync(temporary, folder, progress, jobs: 2, stop.Token);
        await WaitForAsync(Path.Combine(folder.Of(StubTrainer.Task(folder, 0)).Path, "waiting"));
        await WaitForAsync(Path.Combine(folder.Of(StubTrainer.Task(folder, 1)).Path, "waiting"));

        // A second program keeps off.
        SweepException refused = await Assert.ThrowsAsync<SweepException>(() => RunAsync(temporary, folder, new SilentProgress(), jobs: 1));
        Assert.Contains($"another hgq sweep is at work there (process {Environment.ProcessId} on {Environment.MachineName}).",
            refused.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal([TaskStage.Interrupted, TaskStage.Interrupted, TaskStage.Waiting], Enumerable.Range(0, 3)
            .Select(task => StubTrainer.State(folder, task).Stage));
        Assert.Contains("t0001 Stopped", progress.Events);
        await RunAsync(temporary, folder, new SilentProgress(), jobs: 2);
        Assert.Equal("train --resume run", StubTrainer.Calls(folder, 0)[^1]);
        Assert.Equal(TaskStage.Finished, StubTrainer.State(folder, 0).Stage);
    }

    [ToolFact("sh")]
    public async Task A_training_that_outlived_its_runner_is_ended_before_another_one_begins()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [10] }  """);
        TaskFolder place = folder.Of(StubTrainer.Task(folder, 0));
        Directory.CreateDirectory(place.Path);
        using var orphan = Process.Start("sleep", "600");
        place.Write(new TaskState(TaskStage.Running, Starts: 1, Process: ProcessIdentity.Of(orphan)));
        Assert.Equal(new SweepCounts(1, 1, 0, 0), await RunAsync(temporary, folder, new SilentProgress(), jobs: 1));
        await orphan.WaitForExitAsync();
        Assert.Equal(128 + 15, orphan.ExitCode);
        Assert.Equal((TaskStage.Finished, 2), (StubTrainer.State(folder, 0).Stage, StubTrainer.State(folder, 0).Starts));
    }

    [ToolFact("sh")]
    public async Task Another_process_of_the_same_number_is_left_alone()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [10] }  """);
        TaskFolder place = folder.Of(StubTrainer.Task(folder, 0));
        Directory.CreateDirectory(place.Path);
        ProcessIdentity own = ProcessIdentity.Current();
        place.Write(new TaskState(TaskStage.Running, Starts: 1, Process: own with { Started = own.Started.AddMinutes(-5) }));
        Assert.Equal(new SweepCounts(1, 1, 0, 0), await RunAsync(temporary, folder, new SilentProgress(), jobs: 1));
    }

    [ToolFact("sh")]
    public async Task What_a_crash_in_the_first_moments_left_is_thrown_away()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [10] }  """);
        TaskFolder place = folder.Of(StubTrainer.Task(folder, 0));
        Directory.CreateDirectory(Path.Combine(place.Run, "checkpoint"));
        File.WriteAllText(Path.Combine(place.Run, "half"), "");
        Assert.Equal(new SweepCounts(1, 1, 0, 0), await RunAsync(temporary, folder, new SilentProgress(), jobs: 1));
        Assert.False(File.Exists(Path.Combine(place.Run, "half")));
    }

    /// <summary>A node of a cluster holds the lock of a task's folder; so does this test.</summary>
    [ToolFact("sh")]
    public async Task A_task_that_another_program_has_is_refused_and_nothing_has_failed()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": { "from": 10, "to": 12 } }  """);
        TaskFolder place = folder.Of(StubTrainer.Task(folder, 1));
        Directory.CreateDirectory(place.Path);
        var running = new TaskState(TaskStage.Running, Starts: 1, Process: new ProcessIdentity("node7", 4711, DateTime.UnixEpoch));
        place.Write(running);
        var progress = new SilentProgress();
        using (SweepFolder.TryLock(place.Lock))
        {
            SweepException refused = await Assert.ThrowsAsync<SweepException>(() => RunAsync(temporary, folder, progress, jobs: 2));
            Assert.Equal(
                $"{folder.Path}: t0002 is at work in another program (process 4711 on node7), which keeps it. Wait until it has ended, or "
                    + "stop it by hgq sweep DIR --cancel; then give the command again.",
                refused.Message);
        }

        // Nothing was begun, and nothing noted.
        Assert.Empty(progress.Events);
        Assert.Equal(running, place.Read());
        Assert.False(Directory.Exists(folder.Of(StubTrainer.Task(folder, 0)).Path));
        Assert.Equal(new SweepCounts(3, 3, 0, 0), await RunAsync(temporary, folder, progress, jobs: 2));
    }

    [ToolFact("sh")]
    public async Task A_task_that_another_program_takes_in_the_meantime_is_left_to_it()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [4, 11, 12] }  """);
        TaskFolder first = folder.Of(StubTrainer.Task(folder, 0)), second = folder.Of(StubTrainer.Task(folder, 1));
        var progress = new SilentProgress();
        Task<SweepCounts> running = RunAsync(temporary, folder, progress, jobs: 1);
        await WaitForAsync(Path.Combine(first.Path, "waiting"));
        await WaitForAsync(Path.Combine(first.Path, "state.json"));
        Directory.CreateDirectory(second.Path);
        using (SweepFolder.TryLock(second.Lock))
        {
            using (Process training = first.Read().Process!.Find()!)
            {
                using var kill = Process.Start("kill", training.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
                await kill.WaitForExitAsync();
            }

            SweepException refused = await Assert.ThrowsAsync<SweepException>(() => running);
            Assert.StartsWith(
                $"{folder.Path}: t0002 is at work in another program, which keeps it.", refused.Message, StringComparison.Ordinal);
        }

        // The others were finished meanwhile; that one was neither begun nor failed.
        Assert.Equal(new SweepCounts(3, 2, 0, 0), progress.Last);
        Assert.Equal(TaskStage.Waiting, second.Read().Stage);
        Assert.Equal(new SweepCounts(3, 3, 0, 0), await RunAsync(temporary, folder, progress, jobs: 1));
    }

    private static Task<SweepCounts> RunAsync(
        TemporaryFolder temporary, SweepFolder folder, SilentProgress progress, int jobs, CancellationToken cancellation = default) =>
        new LocalExecutor(folder, new StubTrainer(temporary).Settings, jobs).RunAsync(progress, cancellation);

    private static async Task WaitForAsync(string file)
    {
        for (int tries = 0; !File.Exists(file); tries++)
        {
            Assert.True(tries < 600, $"{file} does not come");
            await Task.Delay(50);
        }
    }
}
