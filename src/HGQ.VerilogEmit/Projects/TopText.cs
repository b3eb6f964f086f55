using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Naming;
using HGQ.Model.Program;
using HGQ.VerilogEmit.Cells;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Projects;

/// <summary>What the templates of the top module, of the test benches and of the declaration for VHDL print.</summary>
internal static class TopText
{
    private const int Indent = 4;

    /// <summary>The members of the templates.</summary>
    public static object Model(DesignPlan plan, IntegerProgram program, VerilogReport report, int samples)
    {
        var names = SignalsOfTop(plan);
        var cost = report.Hardware.Total;
        int latency = plan.Netlist.Latency;
        return new
        {
            plan.Top,
            Model = NameText.Comment(plan.Netlist.Name),
            Cost = Invariant($"{cost.Luts} LUTs, {cost.Registers} registers, stages: {report.Hardware.Stages}, ")
                + Invariant($"levels of logic in one: at most {report.Hardware.StageLevels}"),
            Latency = latency,
            Samples = samples,
            Inputs = plan.Inputs.Where(port => port.Width > 0).Select(port => Port(port, null)).ToArray(),
            Outputs = plan.Outputs.Where(port => port.Width > 0).Select(port => Port(port, names)).ToArray(),
            Layers = plan.Layers.Select(layer => Layer(layer, names)).ToArray(),
            CodesHigh = Wires(plan.InputBits) - 1,
            ResultsHigh = Wires(plan.OutputBits) - 1,
            CodeDigits = (Wires(plan.InputBits) + 3) / 4,
            ResultDigits = (Wires(plan.OutputBits) + 3) / 4,
            HasResults = plan.OutputBits > 0,
            IsPositions = false,
            CodesSize = program.InputCodeSize,
            ResultsSize = program.OutputSize,
            InputPlaces = Places(plan.Inputs),
            OutputPlaces = Places(plan.Outputs),
            IsStream = report.Options.Io == VerilogIo.Axis,
            StreamInputHigh = System.Math.Max(8, StreamPort.Of(plan.Inputs).Sum(port => port.Width)) - 1,
            StreamOutputHigh = System.Math.Max(8, StreamPort.Of(plan.Outputs).Sum(port => port.Width)) - 1,
            PortCharacters = plan.Outputs.Select(port => port.Name.Length).DefaultIfEmpty(1).Max(),
        };
    }

    /// <summary>Benches have a wire for the bits even where there are none.</summary>
    public static int Wires(int bits) => bits == 0 ? 1 : bits;

    /// <summary>Where the elements that have bits stand among all.</summary>
    public static int[] Places(IReadOnlyList<PortPlan> ports) =>
        [.. ports.SelectMany(port => port.Elements).Select((element, place) => (element.Width, place)).Where(pair => pair.Width > 0)
            .Select(pair => pair.place)];

    private static SignalNames SignalsOfTop(DesignPlan plan)
    {
        var names = new SignalNames();
        foreach (var port in plan.Inputs)
        {
            names.Vector(port.Name, port.Elements.SelectMany(element => element.Signals));
        }

        foreach (var layer in plan.Layers)
        {
            names.Vector(layer.Identifier + "_y", layer.Gives);
        }

        return names;
    }

    /// <summary>A layer's instance.</summary>
    public static object Layer(LayerPlan layer, SignalNames names) => new
    {
        layer.Module,
        Instance = "u_" + layer.Identifier,
        Bus = layer.Identifier + "_y",
        High = layer.Gives.Count - 1,
        HasClock = layer.Registers.Count > 0,
        Inputs = layer.Reads.Count > 0 ? names.Join(layer.Reads, Indent + 4) : "",
    };

    /// <summary>A port; with names also what drives it.</summary>
    public static object Port(PortPlan port, SignalNames? names) => new
    {
        port.Name,
        Model = NameText.Comment(port.ModelName),
        port.Low,
        High = port.Low + port.Width - 1,
        PortHigh = port.Width - 1,
        Formats = Formats(port),
        Elements = port.Elements.Where(element => element.Width > 0).Select(element => new
        {
            element.Index,
            Low = port.Low + element.Low,
            High = port.Low + element.Low + element.Width - 1,
            element.Width,
            Signed = element.Format.Signed ? 1 : 0,
            Expected = Extended("expected", port.Low + element.Low, element),
            Found = Extended("results", port.Low + element.Low, element),
        }).ToArray(),
        Value = names is null ? "" : names.Join(port.Elements.SelectMany(element => element.Signals), Indent),
    };

    // An element as 64 bits.
    private static string Extended(string vector, int low, ElementPlan element)
    {
        int high = low + element.Width - 1, fill = 64 - element.Width;
        return fill == 0 ? Invariant($"{vector}[{high}:{low}]")
            : element.Format.Signed ? Invariant($"{{{{{fill}{{{vector}[{high}]}}}}, {vector}[{high}:{low}]}}")
            : Invariant($"{{{fill}'d0, {vector}[{high}:{low}]}}");
    }

    /// <summary>The formats of a port's elements, one line for neighbours of the same format.</summary>
    public static string[] Formats(PortPlan port)
    {
        var lines = new List<string>();
        for (int first = 0, end; first < port.Elements.Count; first = end)
        {
            var element = port.Elements[first];
            for (end = first + 1; end < port.Elements.Count && port.Elements[end].Format == element.Format;)
            {
                end++;
            }

            string elements = end == first + 1 ? Invariant($"element {first}") : Invariant($"elements {first} to {end - 1}");
            var last = port.Elements[end - 1];
            string bits = Invariant($"{port.Name}[{last.Low + last.Width - 1}:{element.Low}]");
            lines.Add(element.Width == 0
                ? $"{elements}: no bits, always 0"
                : Invariant($"{bits}: {elements}, {element.Width} bits, {(element.Format.Signed ? "signed" : "unsigned")}, ")
                    + Weight(element.Format.FractionBits));
        }

        return [.. lines];
    }

    private static string Weight(int fractionBits) => "the lowest bit is 2^" + (-fractionBits).ToString(CultureInfo.InvariantCulture);
}
