using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Tables: a tree of LUTs a bit up to a limit of index bits, a ROM beyond.</summary>
internal static class TableMapper
{
    /// <summary>The lowest <paramref name="width"/> bits of the entries.</summary>
    public static int[] Map(NetlistDraft draft, LookupTable table, WordBits source, RawInterval interval, int width, int widest)
    {
        int bits = BitLength.Of((ulong)table.Entries.Length) - 1;
        int[] index = Enumerable.Range(0, bits).Select(bit => source[bit]).ToArray();
        if (bits > widest)
        {
            return Rom(draft, table, index, width);
        }

        int[] entryOf = ReachableEntries(interval, table.Entries.Length);
        var tree = new FunctionTree(draft, index);
        return Enumerable.Range(0, width)
            .Select(bit => tree.Map(entryOf.Select(entry => ((table.Entries[entry] >> bit) & 1) == 1).ToArray()))
            .ToArray();
    }

    private static int[] Rom(NetlistDraft draft, LookupTable table, int[] index, int width)
    {
        int level = index.Max(draft.LevelOf) + 1;
        int[] address = index.Select(draft.Signal).ToArray();
        int[] outputs = Enumerable.Range(0, width).Select(_ => draft.NewSignal(level)).ToArray();
        draft.Add(new RomCell(draft.Layer, address, table.Entries, outputs));
        return outputs.Select(Literal.Of).ToArray();
    }

    // An index that no input leads to may read any entry: that of the index with its highest bits turned, if one leads there.
    private static int[] ReachableEntries(RawInterval interval, int count)
    {
        var reached = new bool[count];
        bool all = interval.High - interval.Low >= count - 1;
        for (var value = interval.Low; !all && value <= interval.High; value++)
        {
            reached[(int)(value & (count - 1))] = true;
        }

        return Enumerable.Range(0, count).Select(n =>
        {
            for (int turned = count >> 1; !all && !reached[n] && turned > 0; turned >>= 1)
            {
                if (reached[n ^ turned])
                {
                    return n ^ turned;
                }
            }

            return n;
        }).ToArray();
    }
}
