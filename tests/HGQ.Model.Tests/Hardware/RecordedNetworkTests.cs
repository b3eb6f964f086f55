using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Lowering;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using Xunit.Abstractions;

namespace HGQ.Model.Tests.Hardware;

/// <summary>
/// Recorded networks and matrices with what another compiler makes of them: ours are smaller by the margins that
/// docs/hardware-network.md states. The tables of that page are what these tests print.
/// </summary>
public sealed class RecordedNetworkTests(ITestOutputHelper output)
{
    // Its levels, stages of at most 5 levels and register bits; LUTs as Yosys counts them.
    private static readonly (string Name, int Luts, int Levels, int Stages, int Registers)[] Recorded =
    [
        ("pendigits-hgq1-s0-e997", 4955, 15, 3, 1002), ("letter-hgq2-s0-e1246", 9548, 16, 4, 2326), ("letter-hgq1-bn-s0-e999", 15255, 18, 4, 2472),
    ];

    [GoldenFact]
    public void Networks_need_at_most_half_the_luts()
    {
        int ours = 0, strict = 0;
        foreach (var (name, luts, levels, stages, registers) in Recorded)
        {
            var netlist = Map(name, MappingOptions.Default);
            var cost = NetlistCost.Of(netlist);
            var pipelined = Pipeliner.Run(netlist, new PipelineOptions(5));
            int registerBits = NetlistCost.Of(pipelined).Registers;
            output.WriteLine(FormattableString.Invariant(
                $"{name}: {cost.Luts} LUTs ({(double)cost.Luts / luts:F3}), strictly {cost.StrictLuts} ({(double)cost.StrictLuts / luts:F3}), {cost.Levels} levels, {pipelined.Latency + 1} stages, {registerBits} register bits ({(double)registerBits / registers:F3})"));
            Assert.True(cost.Luts <= 0.56 * luts && cost.Levels <= levels && pipelined.Latency < stages && registerBits <= 0.6 * registers, name);
            ours += cost.Luts;
            strict += cost.StrictLuts;
        }

        double theirs = Recorded.Sum(network => network.Luts);
        output.WriteLine(FormattableString.Invariant($"sum: {ours} ({ours / theirs:F3}), strictly {strict} ({strict / theirs:F3})"));
        Assert.True(ours <= 0.50 * theirs && strict <= 0.60 * theirs);
    }

    [GoldenFact]
    public void Networks_give_the_integers_of_the_interpreter()
    {
        foreach (var (name, _, _, _, _) in Recorded)
        {
            NetlistTests.AssertEqual(RecordedNetworks.Network(SharedVectors.Find("peers", "hardware", name + ".json")), 1, MappingOptions.Default);
        }
    }

    [GoldenFact]
    public void What_each_feature_of_the_mapper_is_worth()
    {
        int[] all = Luts(MappingFeatures.All);
        output.WriteLine(FormattableString.Invariant($"| all | {string.Join(" | ", all)} | {all.Sum()} | |"));
        foreach (var feature in Enum.GetValues<MappingFeatures>().Except([MappingFeatures.None, MappingFeatures.All]))
        {
            int[] without = Luts(MappingFeatures.All & ~feature);
            double more = 100.0 * (without.Sum() - all.Sum()) / all.Sum();
            output.WriteLine(FormattableString.Invariant($"| {feature} | {string.Join(" | ", without)} | {without.Sum()} | {more:F1} % |"));
            Assert.True(without.Sum() > all.Sum() || feature is MappingFeatures.RowOperands, feature.ToString());
        }
    }

    // Its networks have no layer of low rank: this matrix has.
    [GoldenFact]
    public void Finished_sums_as_operands_make_a_matrix_of_low_rank_smaller()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedVectors.Find("golden", "v2", "cmvm.json")));
        var matrix = document.RootElement.GetProperty("matrices").EnumerateArray()
            .First(one => one.GetProperty("kind").GetString() == "lowrank");
        var network = HardwareNetworkBuilder.Build(Lowerer.Lower(RecordedNetworks.Matrix(matrix)));
        int Luts(MappingFeatures features) => NetlistCost.Of(NetworkMapper.Map(network, new MappingOptions(Features: features))).Luts;

        int with = Luts(MappingFeatures.All), without = Luts(MappingFeatures.All & ~MappingFeatures.RowOperands);

        output.WriteLine(FormattableString.Invariant($"{with} LUTs, without {without}"));
        Assert.True(with < without);
    }

    [GoldenFact]
    public void Matrices_need_at_most_three_fifths_of_the_bits()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedVectors.Find("golden", "v2", "cmvm.json")));
        double ours = 0, theirs = 0;
        int number = -1;
        foreach (var matrix in document.RootElement.GetProperty("matrices").EnumerateArray())
        {
            number++;
            if (!matrix.GetProperty("da4ml").TryGetProperty("bits", out var bits))
            {
                continue;
            }

            var network = HardwareNetworkBuilder.Build(Lowerer.Lower(RecordedNetworks.Matrix(matrix)));
            int luts = NetlistCost.Of(NetworkMapper.Map(network)).Luts;
            double cost = bits.GetProperty("cost").GetDouble();
            output.WriteLine(FormattableString.Invariant($"{number} {matrix.GetProperty("kind").GetString()}: {luts} LUTs, {cost} bits ({luts / cost:F3})"));
            Assert.True(luts <= 0.9 * cost, FormattableString.Invariant($"matrix {number}"));
            ours += luts;
            theirs += cost;
        }

        output.WriteLine(FormattableString.Invariant($"whole: {ours / theirs:F3}"));
        Assert.True(ours <= 0.60 * theirs);
    }

    private static int[] Luts(MappingFeatures features) =>
        [.. Recorded.Select(network => NetlistCost.Of(Map(network.Name, new MappingOptions(Features: features))).Luts)];

    private static BitNetlist Map(string name, MappingOptions options) => NetworkMapper.Map(
        HardwareNetworkBuilder.Build(Lowerer.Lower(RecordedNetworks.Network(SharedVectors.Find("peers", "hardware", name + ".json")))), options);
}
