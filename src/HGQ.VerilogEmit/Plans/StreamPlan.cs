using System.Collections.Generic;
using System.Linq;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Streams;
using HGQ.VerilogEmit.Names;

namespace HGQ.VerilogEmit.Plans;

/// <summary>A stream design as modules: everything that is printed, and every name.</summary>
/// <param name="Top">Name of the top module.</param>
/// <param name="Design">The design.</param>
/// <param name="Inputs">Ports of codes: all positions of a sample.</param>
/// <param name="Outputs">Ports of results: all positions of a sample.</param>
/// <param name="InputTokens">The same, one position of each.</param>
/// <param name="OutputTokens">The same, one position of each.</param>
/// <param name="Units">A module for each unit.</param>
internal sealed record StreamPlan(
    string Top,
    StreamDesign Design,
    IReadOnlyList<PortPlan> Inputs,
    IReadOnlyList<PortPlan> Outputs,
    IReadOnlyList<PortPlan> InputTokens,
    IReadOnlyList<PortPlan> OutputTokens,
    IReadOnlyList<UnitPlan> Units)
{
    /// <summary>Positions of a sample's results.</summary>
    public int Results => Design.Outputs[0].Count;

    /// <summary>Whether positions wait before a unit.</summary>
    public bool HasFifo => Units.Any(unit => unit.Unit.Inputs.Any(input => input.Waiting > 0));

    /// <summary>Plans the modules of a design.</summary>
    public static StreamPlan Of(string top, StreamDesign design)
    {
        var names = new ProjectNames(top);
        TokenPort[] inputs = [design.Input], outputs = [.. design.Outputs];
        var tokens = (PortPlan.Of(inputs.Select(port => Port(port, 1)), names), PortPlan.Of(outputs.Select(port => Port(port, 1)), names));
        var units = design.Units.Select((unit, n) =>
        {
            string identifier = names.Layer(unit.Name + " unit");
            return new UnitPlan(
                unit, names.Module(identifier), identifier, DesignPlan.PlanLayers(unit.Pipelined, names), LineStorage.Of(unit),
                PositionGrid.Of(unit.Line), n == design.Units.Length - 1);
        }).ToArray();
        return new StreamPlan(top, design, Whole(inputs, tokens.Item1), Whole(outputs, tokens.Item2), tokens.Item1, tokens.Item2, units);
    }

    private static BitPort Port(TokenPort port, int count) => new(
        port.Name, Enumerable.Range(0, count).SelectMany(_ => port.Formats)
            .Select(format => new BitElement(format, EquatableArray<int>.Empty)).ToArray());

    // The same names for all positions as for one.
    private static PortPlan[] Whole(TokenPort[] ports, IReadOnlyList<PortPlan> tokens)
    {
        var unnamed = PortPlan.Of(ports.Select(port => Port(port, port.Count)), new ProjectNames("unnamed"));
        return [.. unnamed.Zip(tokens, (whole, token) => whole with { Name = token.Name })];
    }

    /// <summary>Bits of a format.</summary>
    public static int Width(FixedPointFormat format) => System.Math.Max(0, format.Width);
}
