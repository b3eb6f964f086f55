using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Hardware;

/// <summary>The bit level: netlists give the program's integers.</summary>
public sealed class NetlistTests
{
    [Fact]
    public void Netlists_of_random_models_give_the_integers_of_the_interpreter() => FuzzSeeds.Check(usual: 500, batchSize: 50, seeds =>
    {
        foreach (int seed in seeds)
        {
            // The second option set: products and large tables as cells of their own.
            AssertEqual(RandomGraphs.Any(seed), seed, seed % 4 == 0 ? new MappingOptions(1, Multipliers: true, WidestLutTable: 4) : new MappingOptions(1));
        }
    });

    [Fact]
    public void Netlists_of_dense_models_give_the_integers_of_the_interpreter() => FuzzSeeds.Check(usual: 150, batchSize: 10, seeds =>
    {
        foreach (int seed in seeds)
        {
            AssertEqual(RandomGraphs.Dense(seed), seed, new MappingOptions(1 + (seed % 3)));
        }
    });

    [Fact]
    public void Netlists_of_small_models_are_right_for_every_input() => FuzzSeeds.Check(usual: 100, batchSize: 50, seeds =>
    {
        foreach (int seed in seeds)
        {
            var program = Lowerer.Lower(RandomGraphs.Small(seed));
            var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
            AssertEqual(HardwareSamples.FromCodes(program, AllCodes(formats)), $"seed {seed}", new MappingOptions(2));
        }
    });

    [Fact]
    public void Netlists_of_wide_layers_give_the_integers_of_the_interpreter() => FuzzSeeds.Check(usual: 4, batchSize: 2, seeds =>
    {
        foreach (int seed in seeds)
        {
            AssertEqual(WideGraphs.Dense(seed, mostWeights: 2000), seed, new MappingOptions(1));
        }
    });

    [Theory]
    [InlineData(MappingFeatures.None)]
    [InlineData(MappingFeatures.All & ~MappingFeatures.Windows)]
    public void Netlists_are_right_without_parts_of_the_mapper(MappingFeatures features)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            AssertEqual(RandomGraphs.Dense(seed), seed, new MappingOptions(2, Features: features));
        }
    }

    [Fact]
    public void The_same_network_gives_the_same_netlist()
    {
        var network = HardwareNetworkBuilder.Build(Lowerer.Lower(RandomGraphs.Dense(7)));

        Assert.Equal(NetworkMapper.Map(network).Cells, NetworkMapper.Map(network).Cells);
    }

    [Fact]
    public void The_verifier_refuses_a_signal_that_is_written_twice()
    {
        var netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(Lowerer.Lower(ModelReader.Read(SmallModel.Text))));
        var twice = netlist with { Cells = netlist.Cells.Concat([netlist.Cells[0]]).ToArray() };

        var refusal = Assert.Throws<HardwareNetworkException>(() => BitNetlistVerifier.Verify(twice));

        Assert.Contains("written twice", refusal.Message, System.StringComparison.Ordinal);
    }

    internal static void AssertEqual(ModelGraph graph, int seed, MappingOptions options) => AssertEqual(HardwareSamples.Of(graph, seed), $"seed {seed}", options);

    internal static void AssertEqual(HardwareSamples samples, string what, MappingOptions options)
    {
        var netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(samples.Program), options);
        var results = new long[samples.Results.Length];
        new NetlistEvaluator(netlist).Run(samples.Codes, results, samples.Count);
        for (int n = 0; n < results.Length; n++)
        {
            Assert.True(results[n] == samples.Results[n], $"{what}: result {n} is {results[n]}, not {samples.Results[n]}");
        }
    }

    private static long[][] AllCodes(FixedPointFormat[] formats)
    {
        int bits = formats.Sum(format => System.Math.Max(0, format.Width));
        return [.. Enumerable.Range(0, 1 << bits).Select(n =>
        {
            var codes = new long[formats.Length];
            for (int e = 0; e < formats.Length; e++)
            {
                int width = System.Math.Max(0, formats[e].Width);
                codes[e] = width == 0 ? 0 : (long)(formats[e].MinRaw + (n & ((1 << width) - 1)));
                n >>= width;
            }

            return codes;
        })];
    }
}
