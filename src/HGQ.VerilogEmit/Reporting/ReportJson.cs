using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Streams;

namespace HGQ.VerilogEmit.Reporting;

/// <summary>The report for programs to read.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of report.json.</summary>
    public static string Write(VerilogReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", "hgq-verilog-report");
            json.WriteNumber("version", 1);
            json.WriteString("model", report.Model);
            json.WriteString("top", report.Options.TopName);
            json.WriteString("target", report.Options.Target.ToString().ToLowerInvariant());
            json.WriteString("part", report.Options.Part);
            json.WriteNumber("clockPeriod", report.Options.ClockPeriod);
            json.WriteNumber("effort", report.Options.Effort);
            json.WriteNumber("inputBits", report.InputBits);
            json.WriteNumber("outputBits", report.OutputBits);
            json.WriteNumber("latency", report.Hardware.Latency);
            json.WriteNumber("stages", report.Hardware.Stages);
            json.WriteNumber("levels", report.Hardware.Total.Levels);
            json.WriteNumber("stageLevels", report.Hardware.StageLevels);
            WriteCost(json, report.Hardware.Total);
            json.WriteStartArray("layers");
            foreach (var layer in report.Hardware.Layers)
            {
                WriteLayer(json, layer);
            }

            json.WriteEndArray();
            WriteStreams(json, report.Streams);
            WriteBench(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteCost(Utf8JsonWriter json, NetlistCost cost)
    {
        json.WriteNumber("luts", cost.Luts);
        json.WriteNumber("strictLuts", cost.StrictLuts);
        json.WriteNumber("carryOuts", cost.CarryOuts);
        json.WriteNumber("reluGates", cost.Gates);
        json.WriteNumber("registers", cost.Registers);
        json.WriteNumber("multipliers", cost.Multipliers);
        json.WriteNumber("romBits", cost.RomBits);
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerHardware layer)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Layer);
        WriteCost(json, layer.Cost);
        json.WriteNumber("firstLevel", layer.FirstLevel);
        json.WriteNumber("lastLevel", layer.LastLevel);
        json.WriteNumber("firstStage", layer.FirstStage);
        json.WriteNumber("lastStage", layer.LastStage);
        json.WriteEndObject();
    }

    private static void WriteStreams(Utf8JsonWriter json, StreamHardware? streams)
    {
        if (streams is null)
        {
            return;
        }

        json.WriteStartObject("stream");
        json.WriteNumber("interval", streams.Timing.Interval);
        json.WriteNumber("memoryBits", streams.MemoryBits);
        json.WriteStartArray("units");
        foreach (var unit in streams.Units)
        {
            json.WriteStartObject();
            json.WriteString("name", unit.Name);
            json.WriteNumber("positions", unit.Positions);
            json.WriteNumber("results", unit.Results);
            json.WriteNumber("window", unit.Window);
            json.WriteNumber("latency", unit.Latency);
            WriteCost(json, unit.Circuit);
            json.WriteNumber("lineRegisters", unit.LineRegisters);
            json.WriteNumber("controlRegisters", unit.ControlRegisters);
            json.WriteNumber("memoryBits", unit.MemoryBits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBench(Utf8JsonWriter json, VerilogReport report)
    {
        json.WriteStartObject("testBench");
        json.WriteNumber("vectors", report.Vectors);
        json.WriteNumber("lutEntries", report.TableBits.Entries);
        json.WriteNumber("lutEntriesSeen", report.TableBits.Seen);
        json.WriteNumber("tableEntries", report.Coverage.TableEntries);
        json.WriteNumber("tableEntriesRead", report.Coverage.TableEntriesRead);
        json.WriteStartArray("layers");
        foreach (var layer in report.Coverage.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Layer);
            json.WriteNumber("elements", layer.Elements);
            json.WriteNumber("elementsAtBothEnds", layer.ElementsAtBothEnds);
            json.WriteNumber("borders", layer.Borders);
            json.WriteNumber("bordersSeen", layer.BordersSeen);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
