using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Pipelining;

/// <summary>Chooses the levels behind which registers stand: the fewest stages, then the fewest register bits, by dynamic programming.</summary>
internal static class CutChoice
{
    public static int[] Best(BitNetlist netlist, CellLevels levels, int perStage)
    {
        int[] live = Live(netlist, levels);
        int stages = Pipeliner.StagesFor(levels.Most, perStage), end = levels.Most;

        // least[s, e]: register bits of s stages that end behind level e.
        var least = new long[stages + 1, end + 1];
        var from = new int[stages + 1, end + 1];
        for (var s = 0; s <= stages; s++)
        {
            for (var e = 0; e <= end; e++)
            {
                least[s, e] = s == 0 && e == 0 ? 0 : long.MaxValue / 2;
                for (int before = Math.Max(0, e - perStage); s > 0 && before < e; before++)
                {
                    long bits = least[s - 1, before] + (e < end ? live[e] : 0);
                    if (bits < least[s, e])
                    {
                        least[s, e] = bits;
                        from[s, e] = before;
                    }
                }
            }
        }

        var cuts = new int[Math.Max(0, stages - 1)];
        for (int s = stages, e = end; s > 1; s--)
        {
            e = from[s, e];
            cuts[s - 2] = e;
        }

        return end == 0 ? [] : cuts;
    }

    // Signals made up to each level that are read above it; outputs are read above all.
    private static int[] Live(BitNetlist netlist, CellLevels levels)
    {
        var lastRead = new int[netlist.SignalCount];
        for (var n = 0; n < netlist.Cells.Length; n++)
        {
            foreach (int signal in CellSignals.Of(netlist.Cells[n]).Read)
            {
                lastRead[signal] = Math.Max(lastRead[signal], levels.OfCell[n]);
            }
        }

        foreach (int signal in netlist.Outputs.SelectMany(port => port.Elements).SelectMany(element => element.Signals))
        {
            lastRead[signal] = levels.Most + 1;
        }

        var live = new int[levels.Most + 1];
        for (var signal = 2; signal < lastRead.Length; signal++)
        {
            for (int level = levels.OfSignal[signal]; level < Math.Min(lastRead[signal], live.Length); level++)
            {
                live[level]++;
            }
        }

        return live;
    }
}
