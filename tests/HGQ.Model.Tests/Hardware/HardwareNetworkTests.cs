using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Hardware;

/// <summary>The word level: a network gives the program's integers, and the verifier finds what is wrong with one.</summary>
public sealed class HardwareNetworkTests
{
    [Fact]
    public void Networks_of_random_models_give_the_integers_of_the_interpreter() => FuzzSeeds.Check(usual: 500, batchSize: 50, seeds =>
    {
        foreach (int seed in seeds)
        {
            var samples = HardwareSamples.Of(RandomGraphs.Any(seed), seed);
            var evaluator = new HardwareNetworkEvaluator(HardwareNetworkBuilder.Build(samples.Program));
            for (int n = 0; n < samples.Count; n++)
            {
                Assert.True(samples.ResultsOf(n).SequenceEqual(evaluator.Run(samples.CodesOf(n))), $"seed {seed}, sample {n}");
            }
        }
    });

    [Fact]
    public void Equal_sums_are_one_node()
    {
        var network = Build(SmallModel.With("[1,-2],", "[1,1],").Replace("[3,4]", "[3,3]", System.StringComparison.Ordinal));

        Assert.Single(network.Nodes.OfType<SumNode>());
        Assert.Equal(network.Outputs[0].Elements[0].Node, network.Outputs[0].Elements[1].Node);
    }

    [Fact]
    public void A_relu_that_the_range_rules_out_is_no_node()
    {
        var network = Build(SmallModel.With("\"k\": 1,\n        \"i\": [2,3]", "\"k\": 0,\n        \"i\": [2,3]").Replace("[1,-2]", "[1,2]", System.StringComparison.Ordinal));

        Assert.Empty(network.Nodes.OfType<ExtremumNode>());
    }

    [Fact]
    public void The_verifier_refuses_an_interval_that_nothing_proves()
    {
        var network = Build(SmallModel.Text);
        var nodes = network.Nodes.ToArray();
        int sum = System.Array.FindIndex(nodes, node => node is SumNode);
        nodes[sum] = nodes[sum] with { Interval = nodes[sum].Interval + RawInterval.Point(1) };

        var refusal = Assert.Throws<HardwareNetworkException>(() => HardwareNetworkVerifier.Verify(network with { Nodes = nodes }));

        Assert.Equal($"node {sum} (SumNode)", refusal.Part);
    }

    [Fact]
    public void The_verifier_refuses_a_node_that_reads_ahead()
    {
        var network = Build(SmallModel.Text);
        var nodes = network.Nodes.Reverse().ToArray();

        Assert.Throws<HardwareNetworkException>(() => HardwareNetworkVerifier.Verify(network with { Nodes = nodes }));
    }

    private static HardwareNetwork Build(string text) => HardwareNetworkBuilder.Build(Lowerer.Lower(ModelReader.Read(text)));
}
