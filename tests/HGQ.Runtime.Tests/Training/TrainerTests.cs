using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Schedules;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void A_run_learns_and_its_cost_falls()
    {
        using var run = new Run(null, options: Blobs.Options() with { Epochs = 30, Beta = new ConstantSchedule(1e-3) });
        run.Trainer.Run();
        IReadOnlyList<EpochReport> epochs = run.Trainer.History.Epochs;
        Assert.Equal(30, epochs.Count);
        Assert.True(epochs.Max(static e => e.Score) > 0.85, $"best score {epochs.Max(static e => e.Score)}");
        Assert.True(epochs[^1].Ebops < 0.7 * epochs[0].Ebops, $"EBOPs {epochs[0].Ebops} → {epochs[^1].Ebops}");
        Assert.Equal(epochs.Select(static e => e.Epoch), Enumerable.Range(0, 30));
        Assert.NotEmpty(run.Trainer.Candidates);
    }

    [Fact]
    public void Equal_runs_end_in_equal_bytes_and_other_seeds_do_not()
    {
        using var folder = new TemporaryFolder();
        byte[] Train(string name, ulong seed)
        {
            using var run = new Run(folder.Combine(name), seed);
            run.Trainer.Run();
            return File.ReadAllBytes(folder.Combine(name));
        }

        byte[] first = Train("a", 1);
        Assert.Equal(first, Train("b", 1));
        Assert.NotEqual(first, Train("c", 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_resumed_run_ends_in_the_bytes_of_an_uninterrupted_one(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        using (var whole = new Run(folder.Combine("whole")))
        {
            whole.Trainer.Run();
        }

        string path = folder.Combine("parts");
        using (var first = new Run(path))
        using (var stop = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => first.Trainer.Run(new StopAfter(stopAfter, stop), stop.Token));
            Assert.Equal(stopAfter, first.Trainer.Epoch);
        }

        using (var second = new Run(path, networkSeed: 99))
        {
            second.Trainer.RestoreCheckpoint(path);
            Assert.Equal(stopAfter, second.Trainer.Epoch);
            second.Trainer.Run();
        }

        Assert.Equal(File.ReadAllBytes(folder.Combine("whole")), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_checkpoint_of_another_run_or_network_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("state");
        using var run = new Run(path);
        run.Trainer.SaveCheckpoint(path);
        using var other = new Run(path, options: Blobs.Options(path) with { RunDescription = "other" });
        Assert.Contains("another run", Assert.Throws<CheckpointException>(() => other.Trainer.RestoreCheckpoint(path)).Message);
        using HgqSequential larger = Runtime.Runs.NetworkBuilder.Build(Blobs.Recipe, Blobs.Features + 1, Blobs.Classes, 1);
        var adam = new AdamOptimizer(larger.parameters());
        var samples = new SampleSet(new float[50], [Blobs.Features + 1], new long[10], []);
        using var trainer = new Trainer(new HgqNetwork(larger), adam, samples, samples, Blobs.Options(path));
        Assert.Contains("does not fit", Assert.Throws<CheckpointException>(() => trainer.RestoreCheckpoint(path)).Message);
    }

    [Fact]
    public void Beta_of_a_single_layer_follows_its_own_schedule_and_its_name_must_exist()
    {
        var beta = new Dictionary<string, Schedule> { ["dense2"] = new ConstantSchedule(7) };
        using var run = new Run(null, options: Blobs.Options() with { LayerBeta = beta, Epochs = 1 });
        run.Trainer.Run();
        Assert.Equal(7, run.Model["dense2"].Beta);
        Assert.Equal(1e-5, run.Model["dense1"].Beta);
        var unknown = new Dictionary<string, Schedule> { ["dense9"] = new ConstantSchedule(7) };
        Assert.Contains(
            "dense1, dense2",
            Assert.Throws<ArgumentException>(() => new Run(null, options: Blobs.Options() with { LayerBeta = unknown })).Message);
    }

    [Fact]
    public void The_controller_takes_the_place_of_the_schedule()
    {
        var controller = new EbopsController(200, Initial: 1e-4, Gain: 1);
        using var run = new Run(null, options: Blobs.Options() with { EbopsTarget = controller });
        run.Trainer.Run();
        IReadOnlyList<EpochReport> epochs = run.Trainer.History.Epochs;
        Assert.Equal(1e-4, epochs[0].Beta);
        for (int e = 1; e < epochs.Count; e++)
        {
            Assert.Equal(controller.Next(epochs[e - 1].Beta, epochs[e - 1].Ebops), epochs[e].Beta);
        }
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run()
    {
        SampleSet broken = Blobs.Samples(64, 1);
        using HgqSequential model = Blobs.Network();
        var adam = new AdamOptimizer(model.parameters());
        using var trainer = new Trainer(new HgqNetwork(model), adam, broken, Blobs.Samples(10, 2), Blobs.Options());
        using (torch.no_grad())
        {
            ((KernelLayer)model["dense1"]).Kernel.fill_(float.NaN);
        }

        Assert.Contains("epoch 0", Assert.Throws<TrainingDivergedException>(() => trainer.Run()).Message);
    }

    [Fact]
    public void Epochs_leave_no_tensors_behind()
    {
        using var run = new Run(null, options: Blobs.Options() with { Fronts = 1 });
        var counts = new List<long>();
        run.Trainer.Run(new Watch(() => counts.Add(torch.Tensor.TotalCount)));
        Assert.Equal(counts[1], counts[^1]);
    }

    private sealed class Run : IDisposable
    {
        public Run(string? checkpoint, ulong networkSeed = 1, TrainerOptions? options = null)
        {
            Model = Blobs.Network(networkSeed);
            Trainer = new Trainer(
                new HgqNetwork(Model), new AdamOptimizer(Model.parameters()), Blobs.Samples(300, 1), Blobs.Samples(150, 2), options ?? Blobs.Options(checkpoint));
        }

        public HgqSequential Model { get; }

        public Trainer Trainer { get; }

        public void Dispose()
        {
            Trainer.Dispose();
            Model.Dispose();
        }
    }

    private sealed class Watch(Action onEpoch) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining) => onEpoch();

        public void OnMessage(string message)
        {
        }
    }

    private sealed class StopAfter(int epochs, CancellationTokenSource stop) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int total, TimeSpan remaining)
        {
            if (report.Epoch + 1 == epochs)
            {
                stop.Cancel();
            }
        }

        public void OnMessage(string message)
        {
        }
    }
}
