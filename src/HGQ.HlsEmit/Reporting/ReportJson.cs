using System.Globalization;
using System.Text.Json;
using HGQ.Json;

namespace HGQ.HlsEmit.Reporting;

/// <summary>The report for programs to read.</summary>
internal static class ReportJson
{
    /// <summary>The text of report.json.</summary>
    public static string Write(HlsReport report) => IndentedJson.Print(json =>
    {
        json.WriteString("format", "hgq-hls-report");
        json.WriteNumber("version", 1);
        json.WriteString("model", report.Model);
        json.WriteString("top", report.Top);
        json.WriteNumber("ebops", report.Ebops);
        json.WriteNumber("luts", report.Luts);
        json.WriteNumber("dsps", report.Dsps);
        json.WriteNumber("depth", report.Depth);
        json.WriteObjects("layers", report.Layers, layer => WriteLayer(json, layer));
    });

    private static void WriteLayer(Utf8JsonWriter json, HlsLayerReport layer)
    {
        json.WriteString("layer", layer.Layer);
        json.WriteString("unit", layer.Unit);
        json.WriteString("kind", layer.Kind);
        json.WriteString("shape", layer.Shape);
        json.WriteNumber("inputBits", layer.InputBits);
        json.WriteNumber("outputBits", layer.OutputBits);
        json.WriteNumber("weights", layer.Weights);
        json.WriteNumber("nonzeroWeights", layer.NonzeroWeights);
        json.WriteNumber("ebops", layer.Ebops);
        json.WriteStartObject("adders");
        foreach (var (width, count) in layer.Adders)
        {
            json.WriteNumber(width.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
        json.WriteStartObject("multipliers");
        foreach (var ((left, right), count) in layer.Multipliers)
        {
            json.WriteNumber(string.Create(CultureInfo.InvariantCulture, $"{left}x{right}"), count);
        }

        json.WriteEndObject();
        json.WriteNumber("tableBits", layer.TableBits);
        json.WriteNumber("selectorBits", layer.SelectorBits);
        json.WriteNumber("luts", layer.Luts);
        json.WriteNumber("dsps", layer.Dsps);
        json.WriteNumber("depth", layer.Depth);
    }
}
