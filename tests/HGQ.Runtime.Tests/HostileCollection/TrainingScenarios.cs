using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Tests.Training;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>Whole trainings: each schedule and each loss, stopped and resumed; through TorchSharp and compiled.</summary>
internal static class TrainingScenarios
{
    private const int Epochs = 3;

    private static readonly (string Name, Schedule Schedule)[] Schedules =
    [
        ("constant", new ConstantSchedule(1e-4)),
        ("linear", new LinearSchedule(1e-5, 1e-3, Epochs)),
        ("logarithmic", new LogarithmicSchedule(1e-5, 1e-3, Epochs)),
        ("cosine", new CosineRestartSchedule(1e-3, 1e-5, 2)),
        ("piecewise", new PiecewiseSchedule([new(1, new ConstantSchedule(1e-4)), new(2, new LinearSchedule(1e-4, 1e-3, 2))])),
    ];

    public static IReadOnlyList<Scenario> ThroughTorchSharp { get; } =
    [
        .. Of(Options() with { Step = StepChoice.TorchSharp }),
        new Scenario(
            "shared target",
            transcript => Train(Options() with { Loss = new SharedTargetLoss(new CrossEntropyLoss(), 1) }, Labelled, transcript)),
    ];

    public static IReadOnlyList<Scenario> Compiled { get; } =
        [.. Of(Options() with { Step = StepChoice.Compiled, Candidates = CandidateFigures.Exact })];

    private static IEnumerable<Scenario> Of(TrainerOptions options) =>
    [
        .. from schedule in Schedules
           select new Scenario(
               $"{schedule.Name} β", transcript => Train(options with { Beta = schedule.Schedule }, Labelled, transcript)),
        new Scenario(
            "steered to EBOPs",
            transcript => Train(options with { EbopsTarget = new EbopsController(300, Gain: 1) }, Labelled, transcript)),
        new Scenario(
            "mean of squares",
            transcript => Train(options with { Loss = new MeanSquareLoss(), Score = new RootMeanSquareScore(1) }, Targets, transcript)),
        new Scenario("stopped and resumed", transcript => Resume(options, transcript)),
    ];

    private static TrainerOptions Options() => Blobs.Options() with { Epochs = Epochs };

    private static SampleSet Labelled(ulong seed) => Blobs.Samples(200, seed);

    private static SampleSet Targets(ulong seed)
    {
        SampleSet samples = Labelled(seed);
        float[] targets = [.. samples.Labels.SelectMany(label => new[] { label - 1f, label, 2f * label })];
        return new SampleSet(samples.Features, samples.SampleShape, [], targets);
    }

    private static void Train(TrainerOptions options, Func<ulong, SampleSet> samples, Transcript transcript)
    {
        using HgqSequential model = Blobs.Network();
        using var trainer = new Trainer(new HgqNetwork(model), new AdamOptimizer(model.parameters()), samples(1), samples(2), options);
        trainer.Run();
        Note(trainer, transcript);
    }

    private static void Resume(TrainerOptions given, Transcript transcript)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("state");
        TrainerOptions options = given with { CheckpointPath = path };
        using HgqSequential model = Blobs.Network();
        using (var first = new Trainer(new HgqNetwork(model), new AdamOptimizer(model.parameters()), Labelled(1), Labelled(2), options))
        using (var stop = new CancellationTokenSource())
        {
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => first.Run(cancellation: stop.Token));
        }

        using HgqSequential other = Blobs.Network(seed: 9);
        using var second = new Trainer(new HgqNetwork(other), new AdamOptimizer(other.parameters()), Labelled(1), Labelled(2), options);
        second.RestoreCheckpoint(path);
        second.Run();
        Note(second, transcript);
        transcript.Add(File.ReadAllBytes(path));
    }

    private static void Note(Trainer trainer, Transcript transcript)
    {
        foreach (EpochReport epoch in trainer.History.Epochs)
        {
            transcript.Add([epoch.Loss, epoch.Score, epoch.Ebops, epoch.Beta]);
        }

        foreach (Candidate candidate in trainer.Candidates)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            candidate.State.Write(writer);
            transcript.Add(stream.ToArray());
        }
    }
}
