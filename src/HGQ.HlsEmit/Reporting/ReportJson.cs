using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HGQ.HlsEmit.Reporting;

/// <summary>The report for programs to read.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of report.json.</summary>
    public static string Write(HlsReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", "hgq-hls-report");
            json.WriteNumber("version", 1);
            json.WriteString("model", report.Model);
            json.WriteString("top", report.Top);
            json.WriteNumber("ebops", report.Ebops);
            json.WriteNumber("luts", report.Luts);
            json.WriteNumber("dsps", report.Dsps);
            if (report.BusLuts is { } bus)
            {
                json.WriteNumber("busLuts", bus);
            }

            json.WriteNumber("registers", report.Registers);
            json.WriteNumber("clocks", report.Clocks);
            json.WriteNumber("depth", report.Depth);
            json.WriteStartArray("layers");
            foreach (var layer in report.Layers)
            {
                WriteLayer(json, layer);
            }

            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (var warning in report.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            if (report.NotFolded.Count > 0)
            {
                json.WriteStartArray("notFolded");
                report.NotFolded.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            WriteCoverage(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteCoverage(Utf8JsonWriter json, HlsReport report)
    {
        json.WriteStartObject("testBench");
        json.WriteNumber("vectors", report.Vectors);
        json.WriteNumber("tableEntries", report.Coverage.TableEntries);
        json.WriteNumber("tableEntriesRead", report.Coverage.TableEntriesRead);
        json.WriteStartArray("layers");
        foreach (var layer in report.Coverage.Layers)
        {
            json.WriteStartObject();
            json.WriteString("layer", layer.Layer);
            json.WriteNumber("elements", layer.Elements);
            json.WriteNumber("elementsAtBothEnds", layer.ElementsAtBothEnds);
            json.WriteNumber("wires", layer.Wires);
            json.WriteNumber("wiresAtBothEnds", layer.WiresAtBothEnds);
            json.WriteNumber("bits", layer.Bits);
            json.WriteNumber("bitsSeen", layer.BitsSeen);
            json.WriteNumber("narrowings", layer.Narrowings);
            json.WriteNumber("narrowingsSeen", layer.NarrowingsSeen);
            json.WriteNumber("borders", layer.Borders);
            json.WriteNumber("bordersSeen", layer.BordersSeen);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, HlsLayerReport layer)
    {
        json.WriteStartObject();
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
        json.WriteNumber("multiplexerLuts", layer.MultiplexerLuts);
        json.WriteNumber("fifoBits", layer.FifoBits);
        json.WriteNumber("lineBufferBits", layer.LineBufferBits);
        json.WriteString("strategy", layer.Strategy.ToString().ToLowerInvariant());
        json.WriteNumber("dspProducts", layer.DspProducts);
        if (layer.Fold is { } fold)
        {
            json.WriteStartObject("fold");
            json.WriteNumber("phases", fold.Phases);
            json.WriteString("axis", fold.Axis.ToString().ToLowerInvariant());
            json.WriteNumber("multipliers", fold.Multipliers);
            json.WriteNumber("romBits", fold.RomBits);
            json.WriteNumber("unfoldedLuts", fold.UnfoldedLuts);
            json.WriteNumber("unfoldedDsps", fold.UnfoldedDsps);
            json.WriteEndObject();
        }

        json.WriteNumber("luts", layer.Luts);
        json.WriteNumber("dsps", layer.Dsps);
        json.WriteNumber("registers", layer.Registers);
        json.WriteNumber("clocks", layer.Clocks);
        json.WriteNumber("depth", layer.Depth);
        json.WriteEndObject();
    }
}
