using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// Sums and what is computed once for several of them. Operands are numbered: the given ones, sums that others read, shared parts.
/// </summary>
/// <param name="Operands">Number of the given operands.</param>
/// <param name="Order">The sums in the order in which each is there before others read it.</param>
/// <param name="Read">Sums that others read.</param>
/// <param name="Shared">Terms of each part that is computed once.</param>
/// <param name="Rows">Terms of each sum.</param>
/// <param name="Constants">What is added to each sum besides.</param>
internal sealed record SumPlan(
    int Operands,
    IReadOnlyList<int> Order,
    List<int> Read,
    IReadOnlyList<IReadOnlyList<SumTerm>> Shared,
    IReadOnlyList<IReadOnlyList<SumTerm>> Rows,
    IReadOnlyList<BigInteger> Constants)
{
    // Pairs of terms up to which sums of differences are tried as well, with these lengths of the way from sum to sum.
    private const long MostPairs = 250_000;
    private static readonly int[] Ways = [2, 5];

    /// <summary>Number of the first shared part.</summary>
    public int FirstShared => Operands + Read.Count;

    /// <summary>All operands.</summary>
    public int Count => FirstShared + Shared.Count;

    /// <summary>Adders of a sum itself.</summary>
    public int Own(int row) => Math.Max(0, Rows[row].Count + (Constants[row].IsZero ? 0 : 1) - 1);

    /// <summary>Number of a sum that others read; null of others.</summary>
    public int? ReadAs(int row)
    {
        var n = Read.IndexOf(row);
        return n < 0 ? null : Operands + n;
    }

    /// <summary>
    /// Finds what sums have in common: pairs of terms, or pairs and whole sums from which others differ little. Which is better shows
    /// when they are written.
    /// </summary>
    /// <param name="operands">What each operand can be.</param>
    /// <param name="rows">The sums.</param>
    public static IEnumerable<SumPlan> Candidates(IReadOnlyList<RawInterval> operands, IReadOnlyList<SumRow> rows)
    {
        yield return Flat(operands, rows);
        if (PairCounts.Pairs(rows.Select(row => row.Terms.Count)) > MostPairs)
        {
            yield break;
        }

        foreach (var way in Ways)
        {
            if (SumTree.Of(operands, rows, way) is { } tree)
            {
                yield return Treed(operands, rows, tree);
            }
        }
    }

    private static SumPlan Flat(IReadOnlyList<RawInterval> operands, IReadOnlyList<SumRow> rows)
    {
        var (shared, sums) = SharedPairs.Extract(operands, rows.Select(row => row.Seen));
        var order = Enumerable.Range(0, rows.Count).ToArray();
        return new SumPlan(operands.Count, order, [], shared, sums, rows.Select(row => row.Constant).ToArray());
    }

    private static SumPlan Treed(IReadOnlyList<RawInterval> operands, IReadOnlyList<SumRow> rows, SumTree tree)
    {
        var intervals = operands.Concat(tree.Read.Select(row => rows[row].Interval(operands))).ToArray();
        var (shared, sums) = SharedPairs.Extract(intervals, tree.Rows.Select((row, n) => tree.Read.Contains(n) ? row.Terms : row.Seen));
        return new SumPlan(operands.Count, tree.Order, tree.Read, shared, sums, tree.Rows.Select(row => row.Constant).ToArray());
    }
}
