using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Steps;

namespace HGQ.Generators.Planning.Products;

/// <summary>
/// Which two elements of a source share the bytes of a packed row. A pair costs nothing in a result that weights both by 0, so
/// elements are matched that have many such results in common; where a product has several positions, pairs are neighbours.
/// </summary>
internal sealed class SourcePairs
{
    private readonly int[] _first;
    private readonly int[] _second;

    private SourcePairs(int length, int[] first, int[] second, bool neighbours)
    {
        Length = length;
        _first = first;
        _second = second;
        AreNeighbours = neighbours;
    }

    /// <summary>Elements of the source.</summary>
    public int Length { get; }

    /// <summary>Number of packed rows.</summary>
    public int Count => _first.Length;

    /// <summary>Whether row r holds the elements 2r and 2r + 1.</summary>
    public bool AreNeighbours { get; }

    /// <summary>Element in the low byte of each row.</summary>
    public IReadOnlyList<int> First => _first;

    /// <summary>Element in the high byte of each row; where there is none, the first once more, and its weight is 0.</summary>
    public IReadOnlyList<int> Second => _second;

    /// <summary>The pairs of a product's source.</summary>
    public static SourcePairs Of(ConstantProductPlan plan, int length)
    {
        if (plan.Product.Positions > 1 || plan.Product.PositionOffsets[0] != 0)
        {
            int[] even = Enumerable.Range(0, (length + 1) / 2).Select(r => 2 * r).ToArray();
            return new SourcePairs(length, even, even.Select(e => e + 1 < length ? e + 1 : e).ToArray(), true);
        }

        var zeros = Zeros(plan, length);
        var pairs = new List<(int First, int Second)>();
        foreach (var (begin, end) in ElementTiles.Of(length).Parts())
        {
            pairs.AddRange(Match(zeros, begin, end));
        }

        return new SourcePairs(length, pairs.Select(pair => pair.First).ToArray(), pairs.Select(pair => pair.Second).ToArray(), false);
    }

    // One bit for each result: set where the weight is 0.
    private static ulong[][] Zeros(ConstantProductPlan plan, int length)
    {
        int words = (plan.Outputs + 63) / 64;
        var zeros = Enumerable.Range(0, length).Select(_ => Enumerable.Repeat(ulong.MaxValue, words).ToArray()).ToArray();
        for (var j = 0; j < plan.Outputs; j++)
        {
            foreach (var (offset, _) in plan.Terms(j))
            {
                zeros[offset][j / 64] &= ~(1UL << (j % 64));
            }
        }

        return zeros;
    }

    // The best pair first, of equal ones the first; what is left alone at the end is a row by itself.
    private static IEnumerable<(int First, int Second)> Match(ulong[][] zeros, int begin, int end)
    {
        var candidates = new List<(int Shared, int First, int Second)>();
        for (int a = begin; a < end; a++)
        {
            for (int b = a + 1; b < end; b++)
            {
                candidates.Add((Shared(zeros[a], zeros[b]), a, b));
            }
        }

        candidates.Sort(static (left, right) => left.Shared != right.Shared ? right.Shared.CompareTo(left.Shared)
            : left.First != right.First ? left.First.CompareTo(right.First) : left.Second.CompareTo(right.Second));
        var free = new HashSet<int>(Enumerable.Range(begin, end - begin));
        var pairs = new List<(int First, int Second)>();
        foreach (var (_, first, second) in candidates)
        {
            if (free.Contains(first) && free.Contains(second))
            {
                free.Remove(first);
                free.Remove(second);
                pairs.Add((first, second));
            }
        }

        pairs.AddRange(free.Select(alone => (alone, alone)));
        pairs.Sort();
        return pairs;
    }

    private static int Shared(ulong[] left, ulong[] right)
    {
        var count = 0;
        for (var n = 0; n < left.Length; n++)
        {
            ulong bits = left[n] & right[n];
            bits -= (bits >> 1) & 0x5555555555555555;
            bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
            count += (int)((((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56);
        }

        return count;
    }
}
