using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Naming;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Projects;

/// <summary>What the templates of a stream's top module and of its benches print.</summary>
internal static class StreamTopText
{
    // Both sides stall in the benches: at most so many clocks for one, and so many for a stop.
    private const int Slowness = 16;
    private const int Stop = 2000;

    /// <summary>The members of the templates.</summary>
    public static object Model(StreamPlan plan, StreamHardware hardware, int codes, int results, int samples)
    {
        var inputs = StreamPort.Of(plan.InputTokens);
        var outputs = StreamPort.Of(plan.OutputTokens);
        int inputBits = TopText.Wires(plan.Inputs.Sum(port => port.Width)), outputBits =
            TopText.Wires(plan.Outputs.Sum(port => port.Width));
        int token = TopText.Wires(plan.InputTokens.Sum(port => port.Width)), result =
            TopText.Wires(plan.OutputTokens.Sum(port => port.Width));
        return new
        {
            plan.Top,
            Model = NameText.Comment(plan.Design.Name),
            Cost = Invariant($"{hardware.Total.Luts} LUTs in circuits, {hardware.Total.Registers} registers, ")
                + Invariant($"{hardware.MemoryBits} bits of memory; ")
                + Invariant($"a sample takes {hardware.Timing.Interval} clocks, its last result comes after {hardware.Timing.Latency}"),
            InputCount = plan.Design.Input.Count,
            ResultCount = plan.Results,
            InputHigh = System.Math.Max(8, inputs.Sum(port => port.Width)) - 1,
            OutputHigh = System.Math.Max(8, outputs.Sum(port => port.Width)) - 1,
            ResultsHigh = outputBits - 1,
            CodesHigh = inputBits - 1,
            TokenHigh = token - 1,
            ResultTokenHigh = result - 1,
            CodeDigits = (inputBits + 3) / 4,
            ResultDigits = (outputBits + 3) / 4,
            HasResults = plan.Outputs.Sum(port => port.Width) > 0,
            CodesSize = codes,
            ResultsSize = results,
            InputPlaces = TopText.Places(plan.Inputs),
            OutputPlaces = TopText.Places(plan.Outputs),
            PortCharacters = plan.Outputs.Select(port => port.Name.Length).DefaultIfEmpty(1).Max(),
            IsPositions = true,
            Latency = (Slowness * hardware.Timing.Latency) + Stop,
            Samples = samples,
            Inputs = plan.Inputs.Where(port => port.Width > 0).Select(port => TopText.Port(port, null)).ToArray(),
            Outputs = plan.Outputs.Where(port => port.Width > 0).Select(port => TopText.Port(port, null)).ToArray(),
            TokenInputs = plan.InputTokens.Select(port => TopText.Port(port, null)).ToArray(),
            TokenOutputs = plan.OutputTokens.Select(port => TopText.Port(port, null)).ToArray(),
            TokenData = Unpacked(inputs, "s_axis_tdata"),
            InputData = StreamText.Data(inputs, "token"),
            OutputData = StreamText.Data(outputs, "results"),
            ResultData = Unpacked(outputs, "m_axis_tdata"),
            InputReady = Ready(plan, 0),
            Streams = plan.Design.Streams.Select((stream, n) => new
            {
                Name = Invariant($"s{n}"),
                High = TopText.Wires(stream.Width) - 1,
                Comment = Invariant($"{stream.Count} positions of {stream.Width} bits: {NameText.Comment(stream.Name)}"),
                Readers = Readers(plan, n).Select(reader => new { Ready = reader }).ToArray(),
            }).ToArray(),
            Units = plan.Units.Select((unit, u) => Unit(plan, unit, u)).ToArray(),
            BorderLines = Border(plan.Design.Input.Count),
        };
    }

    private static object Unit(StreamPlan plan, UnitPlan unit, int u) => new
    {
        unit.Module,
        Instance = "u_" + unit.Identifier,
        unit.IsLast,
        Output = Invariant($"s{unit.Unit.Output}"),
        OutputReady = unit.IsLast ? "" : Ready(plan, unit.Unit.Output),
        Inputs = unit.Unit.Inputs.Select((input, i) => new
        {
            Pin = Invariant($"s{i}"),
            Stream = Invariant($"s{input.Stream}"),
            Offered = Offered(plan, input.Stream, u, i),
            Ready = ReadyName(input.Stream, u, i),
            Waits = input.Waiting > 0,
            Name = Invariant($"w{u}_{i}"),
            High = TopText.Wires(plan.Design.Streams[input.Stream].Width) - 1,
            Bits = BitOperations.Log2((uint)StreamHardware.Places(System.Math.Max(1, input.Waiting))),
        }).ToArray(),
    };

    private static string ReadyName(int stream, int unit, int input) => Invariant($"s{stream}_ready_{unit}_{input}");

    // The readers of a stream.
    private static string[] Readers(StreamPlan plan, int stream) =>
        [.. plan.Units.SelectMany((unit, u) => unit.Unit.Inputs.Select((input, i) => (input, u, i)))
        .Where(reader => reader.input.Stream == stream).Select(reader => ReadyName(stream, reader.u, reader.i))];

    // A position passes when all readers take it.
    private static string Ready(StreamPlan plan, int stream) => string.Join(" && ", Readers(plan, stream));

    private static string Offered(StreamPlan plan, int stream, int unit, int input) => string.Join(
        " && ", new[] { Invariant($"s{stream}_valid") }.Concat(Readers(plan, stream)
            .Where(reader => reader != ReadyName(stream, unit, input))));

    private static string Unpacked(IReadOnlyList<StreamPort> ports, string data)
    {
        string[] parts = [.. ports.Reverse().Select(port => port.Unpacked(data)).Where(part => part.Length > 0)];
        return parts.Length switch { 0 => "1'b0", 1 => parts[0], _ => "{" + string.Join(", ", parts) + "}" };
    }

    // Counts the positions of a sample, and remembers where TLAST did not come with the last one.
    private static string[] Border(int count)
    {
        int bits = PositionGrid.Bits(count);
        return
        [
            Invariant($"  reg [{bits - 1}:0] position = {bits}'d0;"),
            "  reg elsewhere = 1'b0;",
            Invariant($"  wire at_end = position == {bits}'d{count - 1};"),
            "  always @(posedge aclk)",
            "    if (!aresetn) begin",
            Invariant($"      position <= {bits}'d0;"),
            "      elsewhere <= 1'b0;",
            "    end else if (take) begin",
            Invariant($"      position <= at_end ? {bits}'d0 : position + {bits}'d1;"),
            "      elsewhere <= elsewhere || s_axis_tlast != at_end;",
            "    end",
            "  assign misaligned = elsewhere;",
        ];
    }
}
