using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Pareto;
using HGQ.Runtime.Training.Scores;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Training;

/// <summary>Which steps a training takes, that it says so, and candidates by exact figures.</summary>
public sealed class TrainerStepTests
{
    [Fact]
    public void A_chain_is_compiled_and_learns_as_through_TorchSharp()
    {
        EpochReport[] compiled = Train(StepChoice.Compiled, out string said), torch = Train(StepChoice.TorchSharp, out string saidOfTorch);
        Assert.StartsWith("training steps: compiled, vectors of", said, StringComparison.Ordinal);
        Assert.Equal("training steps: TorchSharp", saidOfTorch);
        Assert.Equal(torch.Length, compiled.Length);
        for (int e = 0; e < 3; e++)
        {
            Assert.Equal(torch[e].Loss, compiled[e].Loss, 1e-4);
            Assert.Equal(torch[e].Score, compiled[e].Score, 0.02);
            Assert.Equal(torch[e].Ebops, compiled[e].Ebops, 0.02 * torch[e].Ebops);
        }
    }

    [Fact]
    public void A_network_that_is_no_chain_falls_back_and_says_why()
    {
        using var model = new HgqSequential(
            [Blobs.Features], new HQuantize(), new HDense(3, kq: QuantizerConfig.DefaultKernel with { RndStrategy = RoundingStrategy.Noise }));
        using Trainer trainer = New(model, Blobs.Options() with { Epochs = 1, Candidates = CandidateFigures.Exact });
        var heard = new Messages();
        trainer.Run(heard);
        Assert.Contains("TorchSharp, because dense_1.kq rounds by Noise", heard.All[0], StringComparison.Ordinal);
        Assert.Contains("running figures", heard.All[1], StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => New(model, Blobs.Options() with { Step = StepChoice.Compiled }));
    }

    [Fact]
    public void Exact_candidates_are_what_their_exports_are_and_come_from_low_rates()
    {
        using HgqSequential model = Blobs.Network(), twin = Blobs.Network();
        using Trainer trainer = New(model, Options(null));
        trainer.Run();
        twin.@double();
        var network = new HgqNetwork(model);
        using var evaluator = new CandidateEvaluator(
            twin, network.State, Blobs.Samples(300, 1), Blobs.Samples(150, 2), null, new AccuracyScore(), new ExportOptions { Name = "blobs" });
        Assert.NotEmpty(trainer.Candidates);
        foreach (Candidate candidate in trainer.Candidates)
        {
            FrontPoint point = evaluator.Evaluate(candidate);
            Assert.Equal(point.Ebops, candidate.Ebops);
            Assert.Equal(point.Validation, candidate.Score);
            Assert.Equal(3, candidate.Epoch % 4);
        }

        ParetoPoint[] points = [.. trainer.Candidates.Select(static c => new ParetoPoint(c.Ebops, c.Score))];
        Assert.DoesNotContain(points, p => points.Any(other => other.Dominates(p)));
    }

    [Theory]
    [InlineData(StepChoice.Compiled)]
    [InlineData(StepChoice.TorchSharp)]
    public void A_resumed_run_ends_in_the_bytes_of_an_uninterrupted_one(StepChoice step)
    {
        using var folder = new TemporaryFolder();
        Run(folder.Combine("whole"), step, stopAfter: null);
        Run(folder.Combine("parts"), step, stopAfter: 3);
        Run(folder.Combine("parts"), step, stopAfter: null);
        Assert.Equal(File.ReadAllBytes(folder.Combine("whole")), File.ReadAllBytes(folder.Combine("parts")));
    }

    private static void Run(string path, StepChoice step, int? stopAfter)
    {
        using HgqSequential model = Blobs.Network();
        using Trainer trainer = New(model, Options(path) with { Step = step });
        using var stop = new CancellationTokenSource();
        if (File.Exists(path))
        {
            trainer.RestoreCheckpoint(path);
        }

        if (stopAfter is null)
        {
            trainer.Run();
            return;
        }

        Assert.Throws<OperationCanceledException>(() => trainer.Run(new Messages(e => e + 1 == stopAfter, stop), stop.Token));
    }

    private static TrainerOptions Options(string? checkpoint) => Blobs.Options(checkpoint) with
    {
        Epochs = 12,
        Candidates = CandidateFigures.Exact,
        Fronts = 1,
    };

    private static EpochReport[] Train(StepChoice step, out string said)
    {
        using HgqSequential model = Blobs.Network();
        using Trainer trainer = New(model, Blobs.Options() with { Step = step });
        var heard = new Messages();
        trainer.Run(heard);
        said = heard.All[0];
        return [.. trainer.History.Epochs];
    }

    private static Trainer New(HgqModel model, TrainerOptions options) =>
        new(new HgqNetwork(model), new AdamOptimizer(model.parameters()), Blobs.Samples(300, 1), Blobs.Samples(150, 2), options);

    private sealed class Messages(Func<int, bool>? stopsAfter = null, CancellationTokenSource? stop = null) : ITrainingProgress
    {
        public List<string> All { get; } = [];

        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
        {
            if (stopsAfter?.Invoke(report.Epoch) == true)
            {
                stop?.Cancel();
            }
        }

        public void OnMessage(string message) => All.Add(message);
    }
}
