using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Lowering;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using Xunit.Abstractions;

namespace HGQ.HlsEmit.Tests;

/// <summary>Adders of the emitted C++ against another solver's, over the matrices that were recorded with it.</summary>
public sealed class RecordedAdderTests(ITestOutputHelper log)
{
    [GoldenFact]
    public void Adders_of_recorded_matrices_are_no_more_than_those_of_another_solver()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedVectors.Find("golden", "v2", "cmvm.json")));
        var (ours, theirs) = (0, 0);
        foreach (var matrix in document.RootElement.GetProperty("matrices").EnumerateArray())
        {
            var project = HlsEmitter.Emit(Lowerer.Lower(RecordedNetworks.Matrix(matrix)), new HlsOptions { Vectors = 0 });
            var own = project.Report.Layers.Sum(layer => layer.AdderCount);
            var other = matrix.GetProperty("da4ml").GetProperty("default").GetProperty("adders").GetInt32();
            var name = matrix.GetProperty("id").GetString();
            log.WriteLine(FormattableString.Invariant($"{name}: {own} / {other} = {(double)own / other:F3}"));
            (ours, theirs) = (ours + own, theirs + other);
        }

        log.WriteLine(FormattableString.Invariant($"whole: {ours} / {theirs} = {(double)ours / theirs:F3}"));
        Assert.InRange((double)ours / theirs, 0.5, 1);
    }
}
