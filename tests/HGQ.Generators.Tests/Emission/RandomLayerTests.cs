using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;

namespace HGQ.Generators.Tests.Emission;

public class RandomLayerTests
{
    [Fact]
    public void Models_of_every_kind_of_layer_equal_the_interpreter()
    {
        int seed = Environment.TickCount, done = 0;
        for (int n = 0; n < 60 && done < 10; n++)
        {
            try
            {
                var graph = RandomGraphs.Any(seed + n);
                var program = Lowerer.Lower(graph);
                double[] inputs = RandomGraphs.Samples(graph, seed + n, 35).SelectMany(sample => sample).ToArray();
                EngineComparison.AssertEqual(program, inputs, $"seed {seed + n}");
                done++;
            }
            catch (ModelGraphException)
            {
                // Wider than 64 bits: refused, not wrong.
            }
        }

        Assert.Equal(10, done);
    }
}
