using System.Linq;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;

namespace HGQ.Generators.Tests.Emission;

public class RandomLayerTests
{
    [Fact]
    public void Models_of_every_kind_of_layer_equal_the_interpreter() => FuzzSeeds.Check(20, 1, seeds =>
    {
        var graph = RandomGraphs.Any(seeds[0]);
        double[] inputs = RandomGraphs.Samples(graph, seeds[0], 35).SelectMany(sample => sample).ToArray();
        EngineComparison.AssertEqual(Lowerer.Lower(graph), inputs, $"seed {seeds[0]}");
    });
}
