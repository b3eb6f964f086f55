using System;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;

namespace HGQ.HlsEmit.Tests;

/// <summary>The vectors of the emitted test bench, and what the report says about them.</summary>
public sealed class VectorTests
{
    // Every wire of a single layer follows the inputs in a straight line.
    [Theory]
    [InlineData("dense")]
    [InlineData("convolution")]
    public void Wires_of_one_layer_are_seen_at_both_ends(string name)
    {
        var total = HlsEmitter.Emit(GoldenTests.Program(name), new HlsOptions()).Report.Coverage.Total;
        Assert.InRange(total.Wires, 2, 1000);
        Assert.Equal(total.Wires, total.WiresAtBothEnds);
        Assert.Equal(total.Narrowings, total.NarrowingsSeen);
    }

    [Fact]
    public void The_report_says_what_is_reached()
    {
        var project = HlsEmitter.Emit(GoldenTests.Program("softmax"), new HlsOptions());
        var coverage = project.Report.Coverage;
        using var json = JsonDocument.Parse(project.Files["report.json"]);
        var bench = json.RootElement.GetProperty("testBench");
        Assert.Equal(project.Report.Vectors, bench.GetProperty("vectors").GetInt32());
        Assert.Equal(coverage.TableEntriesRead, bench.GetProperty("tableEntriesRead").GetInt64());
        Assert.Equal(coverage.Layers.Select(layer => layer.WiresAtBothEnds), bench.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("wiresAtBothEnds").GetInt64()));
        var row = FormattableString.Invariant($"| total | {coverage.Total.ElementsAtBothEnds} / {coverage.Total.Elements} | {coverage.Total.WiresAtBothEnds} / {coverage.Total.Wires} |");
        Assert.Contains(row, project.Files["report.md"], StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"samples {project.Report.Vectors} "), project.Files["tb/vectors.dat"].Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_have_the_vectors_of_the_same_wires()
    {
        var program = Lowerer.Lower(MutatedNetworks.Create("stream", 1));
        var parallel = HlsEmitter.Emit(program, new HlsOptions()).Report.Coverage.Total;
        var stream = HlsEmitter.Emit(program, new HlsOptions { IoType = HlsIoType.Stream }).Report.Coverage.Total;
        Assert.Equal(parallel, stream);
        Assert.InRange(stream.Wires, 20, 1000);
    }

    [Fact]
    public void The_number_of_vectors_is_what_was_asked_for()
    {
        var none = Count(0);
        Assert.InRange(none, 10, 100);
        Assert.InRange(Count(500), none + 500, none + 1000);
        Assert.InRange(Count(20_000), none + 20_000, none + 21_000);
        Assert.Contains("0 to 1000000 samples", Assert.Throws<HlsOptionException>(() => Count(-1)).Message, StringComparison.Ordinal);

        static int Count(int vectors) => HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Vectors = vectors }).Report.Vectors;
    }
}
