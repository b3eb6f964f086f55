using System;
using System.Text.Json;
using System.Threading;
using HGQ.Cli.Json;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Lowering;
using HGQ.VerilogEmit;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>What a model costs in LUTs and registers: the same netlist that <c>hgq emit verilog</c> prints by default.</summary>
internal static class HardwareTable
{
    /// <summary>Maps a model and counts.</summary>
    public static HardwareReport Count(ModelGraph graph, IProgress<MappingProgress> progress, CancellationToken cancellation)
    {
        var defaults = new VerilogOptions();
        BitNetlist netlist = NetworkMapper.Map(
            HardwareNetworkBuilder.Build(Lowerer.Lower(graph)), new MappingOptions(defaults.Effort, defaults.Multipliers), progress,
                cancellation);
        return HardwareReport.Of(Pipeliner.Run(netlist, new PipelineOptions(defaults.PipelineLevels!.Value)));
    }

    /// <summary>The table, and a line with the sums.</summary>
    public static string Print(HardwareReport report)
    {
        var table = new TextTable("hardware", ">LUTs", ">strictly", ">relu gates", ">registers", ">levels", ">stages");
        foreach (LayerHardware layer in report.Layers)
        {
            table.Add(
                layer.Layer, Invariant($"{layer.Cost.Luts}"), Invariant($"{layer.Cost.StrictLuts}"), Invariant($"{layer.Cost.Gates}"),
                Invariant($"{layer.Cost.Registers}"), Range(layer.FirstLevel, layer.LastLevel), Range(layer.FirstStage, layer.LastStage));
        }

        NetlistCost total = report.Total;
        return table + Invariant($"\ntotal: {total.Luts} LUTs ({total.StrictLuts} counted strictly), {total.Registers} registers, ")
            + Invariant($"{report.Stages} stages of at most {report.StageLevels} levels, latency {report.Latency} clocks\n");
    }

    /// <summary>The same as a member of a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, HardwareReport report)
    {
        json.WriteStartObject("hardware");
        json.WriteNumber("stages", report.Stages);
        json.WriteNumber("latency", report.Latency);
        json.WriteNumber("levels", report.Total.Levels);
        json.WriteNumber("stageLevels", report.StageLevels);
        Cost(json, report.Total);
        json.WriteObjects("layers", report.Layers, layer =>
        {
            json.WriteString("name", layer.Layer);
            Cost(json, layer.Cost);
            json.WriteNumber("firstLevel", layer.FirstLevel);
            json.WriteNumber("lastLevel", layer.LastLevel);
            json.WriteNumber("firstStage", layer.FirstStage);
            json.WriteNumber("lastStage", layer.LastStage);
        });
        json.WriteEndObject();
    }

    private static void Cost(Utf8JsonWriter json, NetlistCost cost)
    {
        json.WriteNumber("luts", cost.Luts);
        json.WriteNumber("strictLuts", cost.StrictLuts);
        json.WriteNumber("reluGates", cost.Gates);
        json.WriteNumber("registers", cost.Registers);
        json.WriteNumber("multipliers", cost.Multipliers);
        json.WriteNumber("romBits", cost.RomBits);
    }

    private static string Range(int first, int last) =>
        last == 0 ? "-" : first == last ? Invariant($"{first}") : Invariant($"{first}..{last}");
}
