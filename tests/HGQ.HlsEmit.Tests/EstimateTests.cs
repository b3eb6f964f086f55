using System.Linq;
using HGQ.Model.Lowering;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.HlsEmit.Tests;

/// <summary>The estimate beside what Yosys counts for the same adders (synth_xilinx -family xcup, peers/hardware/README.md).</summary>
public sealed class EstimateTests
{
    // The counts belong to the adders of before, when only sums of one function shared them: 14,909, 9,268 and 5,208 LUTs by the estimate.
    [GoldenTheory]
    [InlineData("letter-hgq1-bn-s0-e999", 14_035, 14_275)]
    [InlineData("letter-hgq2-s0-e1246", 8_874, 9_039)]
    [InlineData("pendigits-hgq1-s0-e997", 5_007, 5_099)]
    public void Luts_of_recorded_networks_are_within_a_tenth(string name, int counted, int documented)
    {
        var program = Lowerer.Lower(RecordedNetworks.Network(SharedVectors.Find("peers", "hardware", name + ".json")));
        var report = HlsEmitter.Emit(program, new HlsOptions { Vectors = 0 }).Report;
        Assert.InRange(report.Luts, counted * 0.9, counted * 1.1);
        Assert.Equal(documented, report.Luts);
        Assert.Equal(report.Luts, report.Layers.Sum(layer => layer.Luts));
    }
}
