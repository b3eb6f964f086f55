using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.VerilogEmit.Names;

namespace HGQ.VerilogEmit.Plans;

/// <summary>A port: all bits of all elements, the first element lowest.</summary>
/// <param name="Name">Name in Verilog.</param>
/// <param name="ModelName">Name in the model.</param>
/// <param name="Low">Its lowest bit among those of all ports of its direction.</param>
/// <param name="Width">Its bits; a port without bits is not declared.</param>
/// <param name="Elements">Its elements.</param>
internal sealed record PortPlan(string Name, string ModelName, int Low, int Width, IReadOnlyList<ElementPlan> Elements)
{
    /// <summary>The ports of a direction.</summary>
    public static IReadOnlyList<PortPlan> Of(IEnumerable<BitPort> ports, ProjectNames names)
    {
        var plans = new List<PortPlan>();
        int low = 0;
        foreach (var port in ports)
        {
            var elements = new List<ElementPlan>();
            int at = 0;
            foreach (var element in port.Elements)
            {
                int width = Math.Max(0, element.Format.Width);
                elements.Add(new ElementPlan(elements.Count, at, width, element.Format, element.Signals.ToArray()));
                at += width;
            }

            plans.Add(new PortPlan(names.Port(port.Name), port.Name, low, at, elements));
            low += at;
        }

        return plans;
    }
}

/// <summary>An element of a port.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Low">Its lowest bit in the port.</param>
/// <param name="Width">Its bits.</param>
/// <param name="Format">Its format.</param>
/// <param name="Signals">Its signals, least significant first.</param>
internal sealed record ElementPlan(int Index, int Low, int Width, FixedPointFormat Format, IReadOnlyList<int> Signals);
