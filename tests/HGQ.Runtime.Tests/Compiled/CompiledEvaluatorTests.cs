using System;
using System.Collections.Generic;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Runs;
using HGQ.Runtime.Training.Scores;
using TorchSharp;

namespace HGQ.Runtime.Tests.Compiled;

/// <summary>
/// The figures of the evaluation in memory against those of calibration, export and the exported integers: equal, no tolerance.
/// </summary>
public sealed class CompiledEvaluatorTests
{
    private const int Networks = 30;

    [Fact]
    public void Figures_are_those_of_the_exported_integers()
    {
        ulong start = ulong.TryParse(Environment.GetEnvironmentVariable("HGQ_SEED"), out ulong seed) ? seed : 1;
        var unfit = new List<ulong>();
        for (ulong n = start; n < start + Networks; n++)
        {
            if (!Compare(n))
            {
                unfit.Add(n);
            }
        }

        Assert.True(unfit.Count < Networks / 2, $"not evaluated: seeds {string.Join(", ", unfit)}");
    }

    private static bool Compare(ulong seed)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var chain = new RandomChain(seed);
        using HgqSequential model = chain.Network(torch.float32);
        using CompiledEvaluator? evaluator = CompiledEvaluator.TryCreate(model, out string reason);
        Assert.True(evaluator is not null, $"seed {seed}: {reason}");
        SampleSet training = chain.Samples, validation = new RandomChain(seed).Samples;
        Score score = chain.IsClassification ? new AccuracyScore() : new RootMeanSquareScore(1);
        if (evaluator.Evaluate(training, validation, score) is not { } figures)
        {
            return false;
        }

        using HgqSequential twin = chain.Network(torch.float32);
        twin.@double();
        var network = new HgqNetwork(model);
        using var exporter = new CandidateEvaluator(
            twin, network.State, training, validation, null, score, new ExportOptions { Name = "chain" });
        FrontPoint point = exporter.Evaluate(new Candidate(0, 0, 0, NetworkSnapshot.Of(network.State)));
        Assert.True(point.Ebops == figures.Ebops, $"seed {seed}: {figures.Ebops} EBOPs in place of {point.Ebops}");
        Assert.True(point.Validation.Equals(figures.Score), $"seed {seed}: score {figures.Score:R} in place of {point.Validation:R}");
        return true;
    }
}
