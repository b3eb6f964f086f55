using System;
using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Simulation;
using HGQ.Runtime.Layers;
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

        using HgqSequential traced = chain.Network(torch.float32), settled = chain.Network(torch.float32);
        traced.@double();
        settled.@double();
        torch.Tensor rows = torch.tensor(training.Features, [training.Count, .. traced.InputPorts[0].OutputShape]);

        double ebops = MinmaxTracer.TraceMinmax(traced, rows).Ebops;
        ModelGraph graph = ModelExporter.Export(traced, new ExportOptions { Name = "chain" });
        double[] outputs = GraphOutputs.Of(graph, validation.Features);
        Assert.True(ebops == figures.Ebops, $"seed {seed}: {figures.Ebops} EBOPs in place of {ebops}");
        double expected = score.Of<double>(outputs, validation);
        Assert.True(expected.Equals(figures.Score), $"seed {seed}: score {figures.Score:R} in place of {expected:R}");

        // The formats that were found make the same model as the traced ones.
        using CompiledEvaluator inFloat64 = CompiledEvaluator.TryCreate(settled, out _)!;
        Assert.Equal(figures, inFloat64.Evaluate(training, validation, score));
        inFloat64.StoreFormats();
        Assert.Equal(ModelWriter.Write(graph), ModelWriter.Write(ModelExporter.Export(settled, new ExportOptions { Name = "chain" })));
        return true;
    }
}
