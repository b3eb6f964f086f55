using System;
using System.Collections.Generic;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training;
using TorchSharp;

namespace HGQ.Runtime.Tests.Training;

/// <summary>Trainer, calibration and a loop of the user's own choose the number of threads by the size of the network.</summary>
public sealed class TorchThreadsTests : IDisposable
{
    private readonly int _before = torch.get_num_threads();

    public void Dispose()
    {
        TorchThreads.Number = null;
        torch.set_num_threads(_before);
    }

    [Fact]
    public void Small_steps_take_one_thread_and_large_ones_all()
    {
        using HgqSequential model = Blobs.Network();
        TorchThreads.Number = null;
        Assert.Equal(1, TorchThreads.For(model, 64));
        int all = TorchThreads.For(model, 1_000_000_000);
        Assert.True(all >= 1);
        TorchThreads.Number = 3;
        Assert.Equal(3, TorchThreads.For(model, 64));
        Assert.Equal(3, TorchThreads.For(model, 1_000_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchThreads.Number = 0);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 2)]
    public void A_loop_of_ones_own_gets_its_threads_in_the_first_step(int? number, int expected)
    {
        using HgqSequential model = Blobs.Network();
        torch.set_num_threads(4);
        TorchThreads.Number = number;
        model.eval();
        using torch.Tensor x = torch.zeros(8, Blobs.Features);
        model.forward(x);
        Assert.Equal(4, torch.get_num_threads());
        model.train();
        model.forward(x);
        Assert.Equal(expected, torch.get_num_threads());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 2)]
    public void A_trainer_takes_its_threads_for_the_time_that_it_runs(int? number, int expected)
    {
        using HgqSequential model = Blobs.Network();
        SampleSet samples = Blobs.Samples(64, 1);
        TrainerOptions options = Blobs.Options() with { Epochs = 2, Threads = number };
        using var trainer = new Trainer(new HgqNetwork(model), new AdamOptimizer(model.parameters()), samples, samples, options);
        torch.set_num_threads(4);
        var seen = new List<int>();
        trainer.Run(new Watch(seen));
        Assert.Equal([expected, expected], seen);
        Assert.Equal(4, torch.get_num_threads());
    }

    private sealed class Watch(List<int> seen) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining) => seen.Add(torch.get_num_threads());

        public void OnMessage(string message)
        {
        }
    }
}
