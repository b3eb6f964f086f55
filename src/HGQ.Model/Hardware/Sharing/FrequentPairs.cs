using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Sharing;

/// <summary>Pairs of terms that occur often, the most promising first: what parts are grown from.</summary>
internal static class FrequentPairs
{
    private const int FewestUses = 3;

    public static IEnumerable<SharedTerm[]> Of(List<SharedTerm[]> rows, PartValue value, int most)
    {
        var counts = new Dictionary<(int First, int Second, int Difference), int>();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                for (var j = 0; j < row.Length; j++)
                {
                    if (i != j && (row[i].Operand < row[j].Operand || (row[i].Operand == row[j].Operand && row[i].Shift < row[j].Shift)))
                    {
                        var key = (row[i].Operand, row[j].Operand, ((row[j].Shift - row[i].Shift) * 2) + (row[i].Negative ^ row[j].Negative));
                        counts.TryGetValue(key, out int count);
                        counts[key] = count + 1;
                    }
                }
            }
        }

        return counts.Where(entry => entry.Value >= FewestUses)
            .Select(entry => (entry.Key, Promise: Promise(entry.Key, entry.Value, value)))
            .Where(entry => entry.Promise > double.NegativeInfinity)
            .OrderByDescending(entry => entry.Promise).ThenBy(entry => entry.Key)
            .Take(most)
            .Select(entry => new[]
            {
                new SharedTerm(entry.Key.First, 0, 0),
                new SharedTerm(entry.Key.Second, entry.Key.Difference >> 1, entry.Key.Difference & 1),
            })
            .ToArray();
    }

    // The columns where both have bits are what can be added once.
    private static double Promise((int First, int Second, int Difference) pair, int uses, PartValue value)
    {
        int shift = pair.Difference >> 1;
        int overlap = Math.Min(value.Width(pair.First), value.Width(pair.Second) + shift) - Math.Max(0, shift);
        return overlap <= 1 ? double.NegativeInfinity : (uses * 0.5 * (overlap - 1)) - (overlap * 0.8);
    }
}
