using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>The whole models of the second system.</summary>
internal static class V2Models
{
    private static readonly Lazy<GoldenModel[]> Cases = new(() =>
        [.. GoldenFile.Read("golden", "v2", "models.json.gz").GetProperty("models").EnumerateArray().Select(Read)]);

    /// <summary>All models the file holds.</summary>
    public static IReadOnlyList<GoldenModel> All => Cases.Value;

    private static GoldenModel Read(JsonElement model)
    {
        var ports = model.GetProperty("data").EnumerateArray().Select(port => port.Reals().Rows).ToArray();
        var names = model.GetProperty("outputs").Texts();
        return new GoldenModel(
            $"v2 {model.Text("id")}",
            new V2GraphBuilder(model).Build(),
            [.. Enumerable.Range(0, ports[0].Length).Select(sample => ports.SelectMany(port => port[sample]).ToArray())],
            [.. names.Select((name, n) => Output(name, model.GetProperty("expected")[n], model.GetProperty("output_fraction_bits")[n]))],
            new Dictionary<string, double[][]>(),
            new Dictionary<string, GoldenCost>());
    }

    private static GoldenOutput Output(string name, JsonElement expected, JsonElement bits)
    {
        var raw = expected.Integers();
        var shape = new HGQ.Model.Graph.TensorShape(raw.Shape.Skip(1).ToArray());
        return new GoldenOutput(name, [.. bits.Integers().BroadcastTo(shape).Select(f => (int)f)], raw.Rows);
    }
}
