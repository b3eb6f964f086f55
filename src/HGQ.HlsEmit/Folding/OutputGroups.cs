using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.HlsEmit.Folding;

/// <summary>
/// Puts outputs that take turns into groups: each starts with the most expensive one that is left, and takes those that make its
/// multipliers grow least.
/// </summary>
internal sealed class OutputGroups(IReadOnlyList<FoldRow> rows, int[] taps, FoldCost cost, int phases)
{
    /// <summary>Comparisons of weights up to which groups are searched; larger products are cut by the costs of their outputs.</summary>
    private const long MostComparisons = 300_000_000;

    private readonly int[] _bits = taps.Select(cost.Bits).ToArray();

    /// <summary>The groups, with as many outputs as there are phases, but for the last.</summary>
    public List<List<FoldRow>> Make()
    {
        var left = rows.Select(row => new Member(row, taps.Select(tap => Hull.Of(row.Weights.GetValueOrDefault(tap))).ToArray())).ToList();
        left = left.OrderByDescending(member => Cost(member.Hulls)).ThenBy(member => member.Row.Output).ToList();
        var groups = new List<List<FoldRow>>();
        var searches = (long)rows.Count * rows.Count * taps.Length < MostComparisons;
        while (left.Count > 0)
        {
            groups.Add(searches ? Next(left) : left.Take(phases).Select(member => member.Row).ToList());
            if (!searches)
            {
                left.RemoveRange(0, groups[^1].Count);
            }
        }

        return groups;
    }

    private List<FoldRow> Next(List<Member> left)
    {
        var group = new List<FoldRow> { left[0].Row };
        var hulls = (Hull[])left[0].Hulls.Clone();
        left.RemoveAt(0);
        while (group.Count < phases && left.Count > 0)
        {
            var best = left.MinBy(member => Cost(hulls, member.Hulls))!;
            for (var t = 0; t < hulls.Length; t++)
            {
                hulls[t] = hulls[t].With(best.Hulls[t]);
            }

            group.Add(best.Row);
            left.Remove(best);
        }

        return group;
    }

    private long Cost(Hull[] hulls)
    {
        var sum = 0L;
        for (var t = 0; t < hulls.Length; t++)
        {
            sum += Cost(t, hulls[t]);
        }

        return sum;
    }

    private long Cost(Hull[] group, Hull[] more)
    {
        var sum = 0L;
        for (var t = 0; t < group.Length; t++)
        {
            sum += Cost(t, group[t].With(more[t]));
        }

        return sum;
    }

    private long Cost(int tap, Hull hull) => hull.IsZero ? 0 : cost.Lane(_bits[tap], hull.Width);

    private sealed record Member(FoldRow Row, Hull[] Hulls);

    /// <summary>Weights that share a multiplier: bits beside the sign in front of the zeros at the end that all have, and whether any
    /// has a sign.</summary>
    private readonly record struct Hull(int Bits, int Zeros, bool Signed)
    {
        public bool IsZero => Bits == 0;

        public int Width => Math.Max(1, Bits - Zeros) + (Signed ? 1 : 0);

        public static Hull Of(BigInteger weight)
        {
            if (weight.IsZero)
            {
                return default;
            }

            var magnitude = weight.Sign < 0 ? -weight - 1 : weight;
            return new Hull(Math.Max(1, (int)magnitude.GetBitLength()), FoldLane.TrailingZeros(weight), weight.Sign < 0);
        }

        public Hull With(Hull other) => IsZero ? other
            : other.IsZero ? this
            : new Hull(Math.Max(Bits, other.Bits), Math.Min(Zeros, other.Zeros), Signed || other.Signed);
    }
}
