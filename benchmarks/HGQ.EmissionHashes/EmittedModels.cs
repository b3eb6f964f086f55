using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Benchmarks.Inference;
using HGQ.Conformance.Tests.Golden.V1;
using HGQ.Conformance.Tests.Golden.V2;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.EmissionHashes;

/// <summary>A model that is emitted.</summary>
/// <param name="Name">Name of its lines.</param>
/// <param name="Graph">The model.</param>
internal sealed record EmittedModel(string Name, ModelGraph Graph);

/// <summary>The models of the figures and samples, recorded networks, and random graphs of fixed seeds.</summary>
internal static class EmittedModels
{
    // Terms of a layer of a wide graph: enough for the forms of large layers, few enough for their C++.
    private const int MostWeights = 9_000;

    /// <summary>All models.</summary>
    /// <param name="graphs">Number of random graphs; one of ten is wide.</param>
    public static IEnumerable<EmittedModel> All(int graphs) => Figures().Concat(Files()).Concat(Golden()).Concat(Random(graphs));

    private static IEnumerable<EmittedModel> Figures() =>
    [
        new("jets", JetsModel.Create()),
        new("pendigits_short", LargeModels.PendigitsShort()),
        new("mnist_mlp", LargeModels.MnistMlp()),
        new("mnist_trained", LargeModels.MnistTrained()),
        new("mnist_cnn", LargeModels.MnistCnn()),
        new("dense1024", LargeModels.Dense1024()),
    ];

    private static IEnumerable<EmittedModel> Files() =>
        from folder in new[] { RepositoryRoot.Combine("samples", "Inference"),
            RepositoryRoot.Combine("tests", "HGQ.Conformance.Tests", "Regressions") }
        from path in Directory.EnumerateFiles(folder, "*.hgq.json").Order(System.StringComparer.Ordinal)
        select new EmittedModel(Path.GetFileName(path).Replace(".hgq.json", string.Empty, System.StringComparison.Ordinal),
            ModelReader.ReadFile(path));

    // Where the recorded values of other systems are.
    private static IEnumerable<EmittedModel> Golden() => SharedVectors.Missing is not null
        ? []
        : V1Models.All.Concat(V2Models.All).Select(model => new EmittedModel(model.Id.Replace(' ', '-'), model.Graph));

    private static IEnumerable<EmittedModel> Random(int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            string number = seed.ToString(CultureInfo.InvariantCulture);
            yield return (seed % 20) switch
            {
                0 => new("wide-" + number, WideGraphs.Dense(seed, MostWeights)),
                10 => new("conv-" + number, WideGraphs.Conv(seed, MostWeights)),
                < 5 => new("dense-" + number, RandomGraphs.Dense(seed)),
                _ => new("any-" + number, RandomGraphs.Any(seed)),
            };
        }
    }
}
