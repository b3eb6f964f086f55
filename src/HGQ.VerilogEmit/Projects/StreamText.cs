using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Naming;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Projects;

/// <summary>What the templates of the stream wrapper, its bench and the driver print.</summary>
internal static class StreamText
{
    /// <summary>The members of the templates.</summary>
    public static object Model(DesignPlan plan, int samples)
    {
        var inputs = StreamPort.Of(plan.Inputs);
        var outputs = StreamPort.Of(plan.Outputs);
        int latency = plan.Netlist.Latency, depth = (int)BitOperations.RoundUpToPowerOf2((uint)latency + 2);
        int codes = Math.Max(1, plan.InputBits), results = Math.Max(1, plan.OutputBits);
        return new
        {
            plan.Top,
            Model = NameText.Comment(plan.Netlist.Name),
            Latency = latency,
            Depth = depth,
            AddressBits = BitOperations.Log2((uint)depth),
            Samples = samples,
            InputHigh = Math.Max(8, inputs.Sum(port => port.Width)) - 1,
            OutputHigh = Math.Max(8, outputs.Sum(port => port.Width)) - 1,
            CodesHigh = codes - 1,
            ResultsHigh = results - 1,
            CodeDigits = (codes + 3) / 4,
            ResultDigits = (results + 3) / 4,
            HasResults = plan.OutputBits > 0,
            Inputs = inputs.Select(Port).ToArray(),
            Outputs = outputs.Select(Port).ToArray(),
            InputData = Data(inputs, "codes"),
            KeptData = Data(outputs, "kept"),
            ExpectedData = Data(outputs, "expected"),
        };
    }

    private static object Port(StreamPort stream) => new
    {
        stream.Port.Name,
        Model = NameText.Comment(stream.Port.ModelName),
        HasBits = stream.Port.Width > 0,
        High = stream.Port.Low + stream.Port.Width - 1,
        stream.Port.Low,
        Bits = stream.Unpacked("s_axis_tdata"),
        stream.CType,
        Count = stream.Port.Elements.Count,
        FractionBits = string.Join(
            ", ", stream.Port.Elements.Select(element => Invariant($"{(element.Width > 0 ? element.Format.FractionBits : 0)}"))),
    };

    /// <summary>The stream's data of all ports.</summary>
    public static string Data(IReadOnlyList<StreamPort> ports, string vector) =>
        "{" + string.Join(",\n      ", ports.Reverse().SelectMany(port => port.Packed(vector)).DefaultIfEmpty("8'd0")) + "}";
}
