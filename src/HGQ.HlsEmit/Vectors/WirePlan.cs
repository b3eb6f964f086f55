using System.Collections.Generic;
using HGQ.HlsEmit.Kernels;
using HGQ.Model.Verification;

namespace HGQ.HlsEmit.Vectors;

/// <summary>The wires that vectors are made for.</summary>
internal static class WirePlan
{
    /// <summary>The wires of written layers.</summary>
    public static IReadOnlyList<AdderWire> Of(IEnumerable<LayerUnit> units)
    {
        var wires = new List<AdderWire>();
        foreach (var unit in units)
        {
            wires.AddRange(unit.Wires.Wires(unit.Layer, wires.Count));
        }

        return wires;
    }
}
