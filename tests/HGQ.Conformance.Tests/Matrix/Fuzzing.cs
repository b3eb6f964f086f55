using System;
using System.Globalization;
using System.Linq;
using HGQ.Conformance.Tests.Regressions;
using HGQ.Model.Graph;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Random models through an engine, many at a time; a model that differs is made small and kept.</summary>
internal static class Fuzzing
{
    private const int BatchSize = 64, WideBatchSize = 4;

    /// <summary>Compares the engine with the interpreter on as many random models as <see cref="FuzzSeeds"/> draws.</summary>
    public static void Run(IMatrixEngine engine, Func<int, ModelGraph> model, int usualGraphs) =>
        FuzzSeeds.Check(usualGraphs, BatchSize, seeds => Check(engine, model, Sampled, seeds));

    /// <summary>The same with models of <see cref="WideGraphs"/>, fewer at a time.</summary>
    public static void RunWide(IMatrixEngine engine, Func<int, ModelGraph> model, int usualGraphs, int samples) => FuzzSeeds.Check(
        usualGraphs, WideBatchSize, seeds => Check(engine, model, (name, graph, seed) => new MatrixModel(name, graph, WideGraphs.Samples(graph, seed, samples)), seeds));

    /// <summary>A graph with samples that its own seed draws.</summary>
    public static MatrixModel Sampled(string name, ModelGraph graph, int seed) => new(name, graph, RandomGraphs.Samples(graph, seed, 16));

    private static void Check(IMatrixEngine engine, Func<int, ModelGraph> model, Func<string, ModelGraph, int, MatrixModel> sampled, int[] seeds)
    {
        var models = seeds.Select(seed => sampled(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"), model(seed), seed)).ToArray();
        var verdicts = engine.Run(models);
        int failed = Enumerable.Range(0, models.Length).FirstOrDefault(n => verdicts[n].Faults.Count > 0, -1);
        if (failed >= 0)
        {
            string kept = RegressionFolder.Keep(engine, models[failed].Graph, seeds[failed]);
            Assert.Fail($"{engine.Name}: {string.Join('\n', verdicts[failed].Faults)}\nmade small and kept as {kept}");
        }
    }
}
