using System;
using System.Linq;
using HGQ.HlsEmit.Reporting;

namespace HGQ.HlsEmit.Tests;

/// <summary>Clocks and registers that the report estimates.</summary>
public sealed class TimingTests
{
    [Theory]
    [InlineData("xc7z020clg400-1", "7 series")]
    [InlineData("xcku115-flvb2104-2-e", "UltraScale")]
    [InlineData("xcku15p-ffve1517-2-e", "UltraScale+")]
    [InlineData("xcvu13p-flga2577-2-e", "UltraScale+")]
    [InlineData("xczu9eg-ffvb1156-2-e", "UltraScale+")]
    [InlineData("xcvc1902-vsva2197-2MP-e-S", "Versal")]
    public void A_part_has_the_times_of_its_family(string part, string family)
    {
        Assert.Equal(family, TimingModel.Of(part).Family);
        Assert.Equal(family, Emit(new HlsOptions { Part = part }).PartFamily);
    }

    [Fact]
    public void A_wire_is_alive_from_its_adder_to_the_last_that_reads_it()
    {
        var live = new LiveBits();
        live.Read("a", 4, 0, 2);
        live.Read("a", 4, 0, 1);
        live.Read("b", 3, 1, 2);
        live.NextFunction();
        live.Read("a", 5, 0, 3);
        Assert.Equal([9L, 12L, 5L, 0L], Enumerable.Range(0, 4).Select(live.Behind));
    }

    [Fact]
    public void A_slow_clock_has_one_stage_and_registers_the_results_alone()
    {
        var layer = Layer(Emit(new HlsOptions { ClockPeriod = 100 }));
        Assert.Equal((1L, (long)layer.OutputBits), (layer.Clocks, layer.Registers));
    }

    /// <summary>Levels x (0.6 ns + 0.015 ns a bit), over the part of the clock that is left for logic.</summary>
    [Fact]
    public void A_fast_clock_has_as_many_stages_as_the_levels_need()
    {
        var report = Emit(new HlsOptions { ClockPeriod = 1, ClockUncertainty = 10 });
        var layer = Layer(report);
        var bits = layer.Adders.Sum(entry => entry.Key * entry.Value) / (double)layer.AdderCount;
        Assert.Equal(0.9, report.LogicPeriod, 12);
        Assert.Equal((long)Math.Ceiling(layer.Depth * (0.6 + (0.015 * bits)) / 0.9), layer.Clocks);
        Assert.True(layer.Registers > layer.OutputBits, $"{layer.Registers} of {layer.OutputBits}");
        Assert.Equal((report.Layers.Sum(l => l.Clocks), report.Layers.Sum(l => l.Registers)), (report.Clocks, report.Registers));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_turns_of_a_loop_are_clocks(int interval)
    {
        var program = SmallPrograms.Lower([6, 2], SmallPrograms.ConvolutionLayer() with { ParallelFactor = 1 });
        var options = new HlsOptions { IoType = HlsIoType.Stream, ReuseFactor = interval, ClockPeriod = 100, Vectors = 0 };

        // Six positions and two of padding.
        Assert.Equal(1 + (7 * interval), Layer(HlsEmitter.Emit(program, options).Report).Clocks);
    }

    private static HlsReport Emit(HlsOptions options) => HlsEmitter.Emit(SmallPrograms.Dense(), options with { Vectors = 0 }).Report;

    private static HlsLayerReport Layer(HlsReport report) => report.Layers.First(layer => layer.Layer == "layer");
}
