using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Passes;

/// <summary>Puts two functions of together at most five signals into one LUT: relu gates, selections, small tables.</summary>
internal static class LutPairing
{
    private const int MostInputs = 5;

    public static BitNetlist Run(BitNetlist netlist)
    {
        int[] depths = CellDepths.Of(netlist);
        int[] partners = Enumerable.Repeat(-1, depths.Length).ToArray();
        var groups = Enumerable.Range(0, depths.Length)
            .Where(n => netlist.Cells[n] is LutCell { Role: not LutRole.Chain, Output5: < 0 } lut && lut.Inputs.Length <= MostInputs)
            .GroupBy(n => (depths[n], netlist.Cells[n].Layer, ((LutCell)netlist.Cells[n]).Role));
        foreach (var group in groups)
        {
            Pair(netlist, group.ToList(), partners);
        }

        // Cells of one depth do not read each other, so in order of depth a pair may stand where either stood.
        var cells = new List<NetlistCell>();
        foreach (int n in Enumerable.Range(0, depths.Length).OrderBy(n => depths[n]))
        {
            if (partners[n] < 0)
            {
                cells.Add(netlist.Cells[n]);
            }
            else if (partners[n] > n)
            {
                cells.Add(Joined((LutCell)netlist.Cells[n], (LutCell)netlist.Cells[partners[n]]));
            }
        }

        return netlist with { Cells = cells.ToArray() };
    }

    // Many inputs first: they find the fewest partners. Of partners, the one that leaves the fewest inputs over.
    private static void Pair(BitNetlist netlist, List<int> group, int[] partners)
    {
        EquatableArray<int> Inputs(int n) => ((LutCell)netlist.Cells[n]).Inputs;
        var readers = new Dictionary<int, List<int>>();
        foreach (int n in group)
        {
            foreach (int signal in Inputs(n))
            {
                if (!readers.TryGetValue(signal, out var list))
                {
                    readers.Add(signal, list = new List<int>());
                }

                list.Add(n);
            }
        }

        foreach (int n in group.OrderByDescending(n => Inputs(n).Length).ThenBy(n => n))
        {
            if (partners[n] >= 0)
            {
                continue;
            }

            int partner = Inputs(n).SelectMany(signal => readers[signal]).Where(other => other != n && partners[other] < 0)
                .Concat(Inputs(n).Length <= 3 ? group.Where(other => other != n && partners[other] < 0).Take(1) : [])
                .Select(other => (Other: other, Size: Inputs(n).Union(Inputs(other)).Count()))
                .Where(pair => pair.Size <= MostInputs)
                .OrderByDescending(pair => Inputs(pair.Other).Length).ThenBy(pair => pair.Size).ThenBy(pair => pair.Other)
                .Select(pair => pair.Other)
                .DefaultIfEmpty(-1)
                .First();
            if (partner >= 0)
            {
                partners[n] = partner;
                partners[partner] = n;
            }
        }
    }

    private static LutCell Joined(LutCell first, LutCell second)
    {
        int[] inputs = first.Inputs.Union(second.Inputs).ToArray();
        ulong init = 0;
        for (var choice = 0; choice < 32; choice++)
        {
            init |= Value(first, inputs, choice) << (choice + 32);
            init |= Value(second, inputs, choice) << choice;
        }

        return first with { Inputs = inputs, Init = init, Output5 = second.Output6 };
    }

    private static ulong Value(LutCell lut, int[] inputs, int choice)
    {
        var index = 32;
        for (var n = 0; n < lut.Inputs.Length; n++)
        {
            index |= ((choice >> Array.IndexOf(inputs, lut.Inputs[n])) & 1) << n;
        }

        return (lut.Init >> index) & 1;
    }
}
