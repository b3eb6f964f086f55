using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// Sums as differences to others: the cheapest tree over them, where a sum costs its digits, or those of what it differs by from its
/// parent. Rows of which many are combinations of few become short that way.
/// </summary>
/// <param name="Order">The sums, parents first.</param>
/// <param name="Read">Sums that are parents; as operands they come after the given ones.</param>
/// <param name="Rows">The sums, with their parents as terms.</param>
internal sealed record SumTree(IReadOnlyList<int> Order, List<int> Read, IReadOnlyList<SumRow> Rows)
{
    // Comparisons of weights up to which a tree is looked for.
    private const long MostComparisons = 20_000_000;

    // Three times a weight and a difference of two still have 64 bits.
    private const int WidestWeight = 60;

    /// <summary>The tree of sums; null where no sum has a parent, or where that would take too long.</summary>
    /// <param name="operands">What each operand can be.</param>
    /// <param name="rows">The sums.</param>
    /// <param name="way">Parents of parents, at most.</param>
    public static SumTree? Of(IReadOnlyList<RawInterval> operands, IReadOnlyList<SumRow> rows, int way)
    {
        var weights = rows.Select(row => row.Weights()).ToArray();
        if ((long)rows.Count * rows.Count * operands.Count > MostComparisons
            || rows.Any(row => row.Constant.GetBitLength() >= WidestWeight)
            || Array.Exists(weights, row => row.Values.Any(weight => weight.GetBitLength() >= WidestWeight)))
        {
            return null;
        }

        var ids = Enumerable.Range(0, operands.Count);
        var matrix = weights.Select(row => ids.Select(id => (long)row.GetValueOrDefault(id)).ToArray()).ToArray();
        var exact = rows.Select(row => WireType.For(row.Interval(operands)).Width <= row.Modulus).ToArray();
        var (order, parents) = Grow(matrix, rows, exact, way);
        var read = order.Where(row => Array.Exists(parents, parent => parent?.Row == row)).ToList();
        return read.Count == 0 ? null : new SumTree(order, read, rows.Select((row, n) => Difference(row, n)).ToArray());

        SumRow Difference(SumRow row, int n)
        {
            if (parents[n] is not { } parent)
            {
                return row;
            }

            var terms = new List<SumTerm>();
            for (var id = 0; id < operands.Count; id++)
            {
                terms.AddRange(SignedDigits.Of(matrix[n][id] - Signed(matrix[parent.Row][id], parent.Negative))
                    .Select(digit => new SumTerm(id, digit.Shift, digit.Negative)));
            }

            terms.Add(new SumTerm(operands.Count + read.IndexOf(parent.Row), 0, parent.Negative));
            var constant = rows[parent.Row].Constant;
            return row with { Terms = terms, Constant = row.Constant - (parent.Negative ? -constant : constant) };
        }
    }

    // Prim's algorithm from a root without a sum: the cheapest row left is next.
    private static (List<int> Order, Parent?[] Parents) Grow(long[][] matrix, IReadOnlyList<SumRow> rows, bool[] exact, int way)
    {
        var costs = matrix.Select((row, n) => row.Sum(Digits) + rows[n].Constants).ToArray();
        var parents = new Parent?[matrix.Length];
        var ways = new int[matrix.Length];
        var left = Enumerable.Range(0, matrix.Length).ToList();
        var order = new List<int>();
        while (left.Count > 0)
        {
            var next = left.MinBy(row => (costs[row], row));
            left.Remove(next);
            order.Add(next);
            ways[next] = parents[next] is { } parent ? ways[parent.Row] + 1 : 0;
            if (!exact[next] || ways[next] >= way)
            {
                continue;
            }

            foreach (var row in left)
            {
                foreach (var negative in new[] { false, true })
                {
                    var cost = Distance(matrix[row], matrix[next], rows[row].Constant, rows[next].Constant, negative, costs[row]);
                    if (cost < costs[row])
                    {
                        (costs[row], parents[row]) = (cost, new Parent(next, negative));
                    }
                }
            }
        }

        return (order, parents);
    }

    // Digits of a difference, the parent, and the constant; no further than the cost so far.
    private static int Distance(long[] row, long[] parent, BigInteger constant, BigInteger other, bool negative, int most)
    {
        var cost = constant == (negative ? -other : other) ? 1 : 2;
        for (var id = 0; id < row.Length && cost < most; id++)
        {
            cost += Digits(row[id] - Signed(parent[id], negative));
        }

        return cost;
    }

    private static long Signed(long weight, bool negative) => negative ? -weight : weight;

    // Canonical signed digits of x stand where x and 3x differ.
    private static int Digits(long weight)
    {
        var magnitude = (ulong)Math.Abs(weight);
        return BitOperations.PopCount(magnitude ^ (3 * magnitude));
    }

    private sealed record Parent(int Row, bool Negative);
}
