using System;
using System.Text.Json;
using System.Threading;
using HGQ.Cli.Json;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Lowering;
using HGQ.VerilogEmit;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>What a model costs position by position, as <c>hgq emit verilog --io stream</c> prints it.</summary>
internal static class StreamTable
{
    /// <summary>Maps the circuits of one position and counts.</summary>
    /// <exception cref="VerilogEmitException">A layer does not work position by position.</exception>
    public static StreamHardware Count(ModelGraph graph, IProgress<MappingProgress> progress, CancellationToken cancellation)
    {
        var defaults = new VerilogOptions();
        try
        {
            return StreamHardware.Of(StreamPlanner.Plan(
                Lowerer.Lower(graph), new MappingOptions(defaults.Effort, defaults.Multipliers),
                new PipelineOptions(defaults.PipelineLevels!.Value), progress, cancellation));
        }
        catch (StreamRefusedException refusal)
        {
            throw new VerilogEmitException(refusal.Message, refusal);
        }
    }

    /// <summary>A row for each unit, and a line with the sums.</summary>
    public static string Print(StreamHardware stream)
    {
        var table = new TextTable(
            "unit", ">LUTs", ">strictly", ">registers", ">line registers", ">control", ">memory bits", ">positions", ">window");
        foreach (UnitHardware unit in stream.Units)
        {
            table.Add(
                unit.Name, Invariant($"{unit.Circuit.Luts}"), Invariant($"{unit.Circuit.StrictLuts}"),
                Invariant($"{unit.Circuit.Registers}"), Invariant($"{unit.LineRegisters}"),
                Invariant($"{unit.ControlRegisters}"), Invariant($"{unit.MemoryBits}"),
                Invariant($"{unit.Positions}"), Invariant($"{unit.Window}"));
        }

        return table + Invariant($"\ntotal: {stream.Total.Luts} LUTs in the circuits of one position, {stream.Total.Registers} registers, ")
            + Invariant($"{stream.MemoryBits} bits of memory, a sample every {stream.Timing.Interval} clocks, ")
            + Invariant($"latency {stream.Timing.Latency} clocks\n");
    }

    /// <summary>The same as a member of a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, StreamHardware stream)
    {
        json.WriteStartObject("stream");
        json.WriteNumber("luts", stream.Total.Luts);
        json.WriteNumber("strictLuts", stream.Total.StrictLuts);
        json.WriteNumber("registers", stream.Total.Registers);
        json.WriteNumber("memoryBits", stream.MemoryBits);
        json.WriteNumber("interval", stream.Timing.Interval);
        json.WriteNumber("latency", stream.Timing.Latency);
        json.WriteObjects("units", stream.Units, unit =>
        {
            json.WriteString("name", unit.Name);
            json.WriteNumber("luts", unit.Circuit.Luts);
            json.WriteNumber("registers", unit.Circuit.Registers);
            json.WriteNumber("lineRegisters", unit.LineRegisters);
            json.WriteNumber("controlRegisters", unit.ControlRegisters);
            json.WriteNumber("memoryBits", unit.MemoryBits);
            json.WriteNumber("positions", unit.Positions);
            json.WriteNumber("window", unit.Window);
        });
        json.WriteEndObject();
    }
}
