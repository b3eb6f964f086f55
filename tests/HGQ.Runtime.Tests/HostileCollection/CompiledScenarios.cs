using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Tests.Compiled;
using HGQ.Runtime.Training.Scores;
using TorchSharp;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>
/// Compiled steps and evaluations as careless callers use them: nothing is disposed, and nothing refers to the network but what computes
/// with its memory.
/// </summary>
internal static class CompiledScenarios
{
    private const int Steps = 4;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. from seed in Enumerable.Range(1, 8)
           from type in new[] { torch.float32, torch.float64 }
           from bits in new[] { 0, 256, 128 }
           select new Scenario($"steps of network {seed}, {type}, vectors of {bits} bits", t => Train((ulong)seed, type, bits, t)),
        new Scenario("two threads", TrainWithTwoThreads),
        .. from seed in Enumerable.Range(1, 8)
           select new Scenario($"evaluation of network {seed}", transcript => Evaluate((ulong)seed, transcript)),
    ];

    private static void Train(ulong seed, torch.ScalarType type, int vectorBits, Transcript transcript)
    {
        var chain = new RandomChain(seed);
        HgqSequential model = chain.Network(type);
        int[] rows = [.. Enumerable.Range(0, chain.Samples.Count)];
        CompiledStep step = Step(model, chain.Samples, chain.Loss, new() { Batch = rows.Length, VectorBits = vectorBits });
        for (int s = 0; s < Steps; s++)
        {
            transcript.Add([step.Differentiate(chain.Samples, rows)]);
            step.Update();
        }

        Note(model, transcript);
    }

    private static void TrainWithTwoThreads(Transcript transcript)
    {
        const int batch = 512, features = 100;
        var random = new DeterministicRandom(3);
        var samples = new SampleSet(
            [.. Enumerable.Range(0, batch * features).Select(_ => (float)random.NextGaussian())],
            [features],
            [.. Enumerable.Range(0, batch).Select(_ => (long)random.NextInt(10))],
            []);
        var model = new HgqSequential(
            [features],
            new HQuantize(),
            new HDenseBatchNorm(128, Activation.Relu, 1e-6, useBias: false),
            new HDense(64, Activation.Relu, 1e-6),
            new HDense(10, Activation.Linear, 1e-6));
        model.InitializeWeights(random.NextDouble);
        model.train();
        using CompiledStep step = Step(model, samples, new CrossEntropyLoss(), new() { Batch = batch, Threads = 2 });
        for (int s = 0; s < Steps; s++)
        {
            transcript.Add([step.Differentiate(samples, [.. Enumerable.Range(0, batch - s)])]);
            step.Update();
        }

        Note(model, transcript);
    }

    private static void Evaluate(ulong seed, Transcript transcript)
    {
        var chain = new RandomChain(seed);
        Score score = chain.IsClassification ? new AccuracyScore() : new RootMeanSquareScore(1);
        transcript.Add([Evaluator(chain).RunningScore(chain.Samples, score)]);
        ExactFigures? figures = Evaluator(chain).Evaluate(chain.Samples, chain.Samples, score);
        transcript.Add(figures is { } found ? [found.Ebops, found.Score] : [-1.0]);
        if (figures is not null)
        {
            HgqSequential model = chain.Network(torch.float32);
            CompiledEvaluator evaluator = CompiledEvaluator.TryCreate(model, out _)!;
            evaluator.Evaluate(chain.Samples, chain.Samples, score);
            evaluator.StoreFormats();
            Note(model, transcript);
        }
    }

    private static CompiledEvaluator Evaluator(RandomChain chain) => CompiledEvaluator.TryCreate(chain.Network(torch.float32), out _)!;

    private static CompiledStep Step(HgqSequential model, SampleSet samples, TrainingLoss loss, CompiledStepOptions options) =>
        CompiledStep.TryCreate(model, new HgqAdam(model.parameters()), loss, samples, options, out string reason)
        ?? throw new System.InvalidOperationException(reason);

    private static void Note(HgqSequential model, Transcript transcript)
    {
        foreach ((_, torch.Tensor tensor) in model.state_dict().OrderBy(static e => e.Key, System.StringComparer.Ordinal))
        {
            transcript.Add(tensor);
        }

        transcript.Add([model.Ebops]);
    }
}
