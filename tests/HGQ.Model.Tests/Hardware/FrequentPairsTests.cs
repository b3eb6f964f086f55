using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Sharing;

namespace HGQ.Model.Tests.Hardware;

/// <summary>Counts of pairs that are kept up to date are those that counting anew gives.</summary>
public sealed class FrequentPairsTests
{
    [Fact]
    public void Pairs_are_the_same_as_counted_anew()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 12).Select(_ => Terms(random, operands: 20, count: 14)).ToList();
        var profiles = Enumerable.Range(0, 20).Select(n => Enumerable.Repeat(1, 2 + (n % 5)).ToArray());
        var value = new PartValue(profiles, new SharingOptions(0.45, 0.75, 2, 8));
        var pairs = new FrequentPairs(rows, value);
        for (var step = 0; step < 6; step++)
        {
            // As a part would: it leaves the rows that have it, is a row itself, and an operand of the others.
            var part = pairs.Best(1).Single();
            var occurrences = Occurrences.Of(rows, part);
            int operand = value.AddShared(part, occurrences.Count);
            foreach (var one in occurrences.GroupBy(one => one.Row).Select(group => group.First()))
            {
                var kept = rows[one.Row].Where((_, n) => !one.Terms.Contains(n)).ToArray();
                SharedTerm[] shared = [new SharedTerm(operand, one.Shift, one.Negative)];
                pairs.Change(kept, [.. one.Terms.Select(n => rows[one.Row][n])], -1);
                pairs.Change(kept, shared, 1);
                rows[one.Row] = [.. kept, .. shared];
            }

            rows.Add(part);
            pairs.Change([], part, 1);

            Assert.NotEmpty(pairs.Best(1));
            Assert.Equal(new FrequentPairs(rows, value).Best(50), pairs.Best(50));
        }
    }

    private static SharedTerm[] Terms(Random random, int operands, int count)
    {
        var terms = new HashSet<SharedTerm>();
        while (terms.Count < count)
        {
            terms.Add(new SharedTerm(random.Next(operands), random.Next(3), random.Next(2)));
        }

        return [.. terms];
    }
}
