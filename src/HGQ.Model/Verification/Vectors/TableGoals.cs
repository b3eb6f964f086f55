using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// Every entry of every table that an instruction may read: read at all, and then in a sample in which one more and one less would
/// be seen in the results of the model.
/// </summary>
internal sealed class TableGoals : IVectorGoals
{
    private readonly TableLookupInstruction _lookup;
    private readonly ResultEffects _effects;
    private readonly Dictionary<int, Table> _tables = new();

    public TableGoals(IntegerProgram program, TableLookupInstruction lookup, ResultEffects effects)
    {
        (_lookup, _effects) = (lookup, effects);
        var source = program.Buffers[lookup.Source];
        for (var e = 0; e < lookup.TableOf.Length; e++)
        {
            int count = program.Tables[lookup.TableOf[e]].Entries.Length;
            if (!_tables.TryGetValue(lookup.TableOf[e], out var table))
            {
                _tables.Add(lookup.TableOf[e], table = new Table(count));
            }

            // What the interval leaves out is never read.
            var interval = source.Intervals[e];
            for (var raw = interval.Low; raw <= interval.High; raw++)
            {
                int entry = (int)(long)(raw & (count - 1));
                table.Element[entry] = e;
                table.Value[entry] = (long)raw;
            }
        }
    }

    public bool Observe(long[][] buffers, int number)
    {
        var source = buffers[_lookup.Source];
        var news = false;
        for (var e = 0; e < source.Length; e++)
        {
            var table = _tables[_lookup.TableOf[e]];
            int entry = (int)(source[e] & (table.Read.Length - 1));
            news |= !table.Read[entry];
            table.Read[entry] = true;
            if (!table.IsShown(entry) && _effects.IsWorthwhile(++table.Looks[entry]))
            {
                news |= !table.More[entry] && (table.More[entry] = _effects.ShowsStep(_lookup.Destination, e, 1, buffers));
                news |= !table.Less[entry] && (table.Less[entry] = _effects.ShowsStep(_lookup.Destination, e, -1, buffers));
            }
        }

        return news;
    }

    // What was never read comes before what was never seen in the results.
    public IEnumerable<VectorTarget> Missing()
        => Missing((table, entry) => !table.Read[entry]).Concat(Missing((table, entry) => table.Read[entry] && !table.IsShown(entry)));

    public void Count(CoverageCounts counts)
    {
        var (all, read) = counts.Tables;
        foreach (var table in _tables.Values)
        {
            all += table.Element.Count(element => element >= 0);
            read += table.Read.Count(entry => entry);
        }

        counts.Tables = (all, read);
    }

    private IEnumerable<VectorTarget> Missing(Func<Table, int, bool> isMissing) => _tables.Values.SelectMany(table => Enumerable
        .Range(0, table.Read.Length)
        .Where(entry => table.Element[entry] >= 0 && isMissing(table, entry))
        .Select(entry => VectorTarget.Of(_lookup.Source, table.Element[entry], table.Value[entry], () => isMissing(table, entry))));

    private sealed class Table
    {
        public Table(int count)
        {
            Read = new bool[count];
            More = new bool[count];
            Less = new bool[count];
            Looks = new int[count];
            Value = new long[count];
            Element = Enumerable.Repeat(-1, count).ToArray();
        }

        /// <summary>Whether an entry was read.</summary>
        public bool[] Read { get; }

        /// <summary>Whether an entry that is one larger was seen in the results.</summary>
        public bool[] More { get; }

        /// <summary>Whether an entry that is one smaller was seen in the results.</summary>
        public bool[] Less { get; }

        /// <summary>How often an entry was looked at.</summary>
        public int[] Looks { get; }

        /// <summary>An element that may read an entry, or −1.</summary>
        public int[] Element { get; }

        /// <summary>The value with which it does.</summary>
        public long[] Value { get; }

        public bool IsShown(int entry) => More[entry] && Less[entry];
    }
}
