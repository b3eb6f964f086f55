using System;
using System.Globalization;
using System.Linq;
using CsCheck;
using HGQ.Conformance.Tests.Regressions;
using HGQ.Model.Graph;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Random models through an engine, many at a time; a model that differs is made small and kept.</summary>
internal static class Fuzzing
{
    private const int BatchSize = 25;

    private const int UsualGraphs = 100;

    // A build that nobody changed must not fail by the luck of the draw: without the variable the seeds are always the same.
    private static int? WantedGraphs => int.TryParse(
        Environment.GetEnvironmentVariable("HGQ_FUZZ_GRAPHS"), NumberStyles.None, CultureInfo.InvariantCulture, out int graphs) ? graphs : null;

    /// <summary>
    /// Compares the engine with the interpreter on random models: the same hundred in every build, or as many new ones as
    /// <c>HGQ_FUZZ_GRAPHS</c> says. Seeds are printed on failure.
    /// </summary>
    public static void Run(IMatrixEngine engine, Func<int, ModelGraph> model)
    {
        if (WantedGraphs is not { } graphs)
        {
            var fixedSeeds = new Random(20260101);
            for (int n = 0; n < UsualGraphs; n += BatchSize)
            {
                Check(engine, model, [.. Enumerable.Range(0, BatchSize).Select(_ => fixedSeeds.Next())]);
            }

            return;
        }

        int batches = (graphs + BatchSize - 1) / BatchSize;
        Gen.Int[0, int.MaxValue - 1].Array[BatchSize].Sample(seeds => Check(engine, model, seeds), iter: batches, threads: 1);
    }

    /// <summary>A graph with samples that its own seed draws.</summary>
    public static MatrixModel Sampled(string name, ModelGraph graph, int seed) => new(name, graph, RandomGraphs.Samples(graph, seed, 16));

    private static void Check(IMatrixEngine engine, Func<int, ModelGraph> model, int[] seeds)
    {
        var models = seeds.Select(seed => Sampled(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"), model(seed), seed)).ToArray();
        var verdicts = engine.Run(models);
        int failed = Enumerable.Range(0, models.Length).FirstOrDefault(n => verdicts[n].Faults.Count > 0, -1);
        if (failed >= 0)
        {
            string kept = RegressionFolder.Keep(engine, models[failed].Graph, seeds[failed]);
            Assert.Fail($"{engine.Name}: {string.Join('\n', verdicts[failed].Faults)}\nmade small and kept as {kept}");
        }
    }
}
