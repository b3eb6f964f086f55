using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;

namespace HGQ.Conformance.Tests.Golden.V1;

/// <summary>The whole models of the first system: each once with wrapping and once with saturating quantizers.</summary>
internal static class V1Models
{
    private static readonly Lazy<GoldenModel[]> Cases = new(() => [.. Read(OverflowMode.Wrap), .. Read(OverflowMode.Saturate)]);

    /// <summary>All cases the file holds.</summary>
    public static IReadOnlyList<GoldenModel> All => Cases.Value;

    private static IEnumerable<GoldenModel> Read(OverflowMode overflow) =>
        GoldenFile.Read("golden", "v1", "models.json.gz").GetProperty("cases").EnumerateArray().Select(item => Read(item, overflow));

    private static GoldenModel Read(JsonElement item, OverflowMode overflow)
    {
        var builder = new V1GraphBuilder(item, overflow);
        var ports = item.GetProperty("model").GetProperty("inputs").EnumerateObject().Select(port => item.GetProperty("x").GetProperty(port.Name).Reals().Rows).ToArray();
        var raw = overflow == OverflowMode.Wrap ? "raw_wrap" : "raw_sat";
        return new GoldenModel(
            $"v1 {item.Text("id")} {overflow}",
            builder.Build(),
            [.. Enumerable.Range(0, ports[0].Length).Select(sample => ports.SelectMany(port => port[sample]).ToArray())],
            [.. item.GetProperty("outputs").EnumerateObject().Select(output => Output(output, raw))],
            overflow == OverflowMode.Wrap ? Layers(item) : new Dictionary<string, double[][]>(),
            Ebops(item, builder));
    }

    private static GoldenOutput Output(JsonProperty output, string raw)
    {
        var rows = output.Value.GetProperty(raw).Integers().Rows;
        return new GoldenOutput(output.Name, [.. rows[0].Select(_ => output.Value.Int("f"))], rows);
    }

    private static Dictionary<string, double[][]> Layers(JsonElement item) =>
        item.GetProperty("layer_outputs_exact_wrap_first_3").EnumerateObject().ToDictionary(layer => layer.Name, layer => layer.Value.Reals().Rows);

    private static Dictionary<string, GoldenCost> Ebops(JsonElement item, V1GraphBuilder builder) =>
        item.GetProperty("export").EnumerateObject()
            .Where(layer => layer.Value.Optional("exact_bops") is not null)
            .ToDictionary(
                layer => builder.ProductOf(layer.Name),
                layer => new GoldenCost(layer.Value.GetProperty("exact_bops").GetDouble(), builder.ReadsAnAverage(layer.Name)));
}
