using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>Two terms that several results have in common: they are added once.</summary>
/// <param name="Low">Source of the first term.</param>
/// <param name="LowFactor">Its factor, positive.</param>
/// <param name="High">Source of the second term, read after the first.</param>
/// <param name="HighFactor">Its factor.</param>
/// <param name="Users">The results, and whether they subtract the sum.</param>
internal sealed record SharedSum(int Low, BigInteger LowFactor, int High, BigInteger HighFactor, (int Output, bool Negative)[] Users);

/// <summary>A result's term: a factor times a source.</summary>
internal readonly record struct ProductTerm(int Source, BigInteger Factor, int Output);

/// <summary>
/// Greedy search for two-term sums with equal factors, up to the sign, among results that are computed together: the sum with
/// most users first. Each saves one addition for every user but the first.
/// </summary>
internal static class SharedSums
{
    // Beyond this the search would take longer than what it saves is worth: 30 ms.
    private const int MostPairs = 100_000;

    /// <summary>Finds sums; the terms that remain are in <paramref name="rest"/>.</summary>
    public static List<SharedSum> Find(IReadOnlyList<ProductTerm> terms, out List<ProductTerm> rest)
    {
        var sums = new List<SharedSum>();
        var unused = new HashSet<ProductTerm>(terms);
        var candidates = Candidates(terms);
        while (candidates.Count > 0)
        {
            int most = candidates.Keys.Last();
            var pairs = candidates[most];
            candidates.Remove(most);
            foreach (var pair in pairs)
            {
                pair.RemoveAll(use => !unused.Contains(use.Low) || !unused.Contains(use.High));
                if (pair.Count == most)
                {
                    sums.Add(Share(pair));
                    unused.ExceptWith(pair.SelectMany(use => new[] { use.Low, use.High }));
                }
                else if (pair.Count > 1)
                {
                    Add(candidates, pair);
                }
            }
        }

        rest = terms.Where(unused.Contains).ToList();
        return sums;
    }

    private static SharedSum Share(List<(ProductTerm Low, ProductTerm High)> uses)
    {
        var (low, high) = uses[0];
        bool flip = low.Factor.Sign < 0;
        return new SharedSum(
            low.Source,
            BigInteger.Abs(low.Factor),
            high.Source,
            flip ? -high.Factor : high.Factor,
            uses.Select(use => (use.Low.Output, use.Low.Factor.Sign < 0)).ToArray());
    }

    // By number of users; the order within is that of the terms, so that the text is the same every time.
    private static SortedDictionary<int, List<List<(ProductTerm Low, ProductTerm High)>>> Candidates(IReadOnlyList<ProductTerm> terms)
    {
        var byOutput = terms.GroupBy(term => term.Output).Select(group => group.OrderBy(term => term.Source).ToArray()).ToArray();
        var found = new Dictionary<(int, BigInteger, int, BigInteger), List<(ProductTerm, ProductTerm)>>();
        var order = new List<List<(ProductTerm, ProductTerm)>>();
        var candidates = new SortedDictionary<int, List<List<(ProductTerm, ProductTerm)>>>();
        if (byOutput.Sum(group => (long)group.Length * group.Length / 2) > MostPairs)
        {
            return candidates;
        }

        foreach (var group in byOutput)
        {
            for (var n = 0; n < group.Length; n++)
            {
                for (var m = n + 1; m < group.Length; m++)
                {
                    ProductTerm low = group[n], high = group[m];
                    var key = (low.Source, BigInteger.Abs(low.Factor), high.Source, low.Factor.Sign < 0 ? -high.Factor : high.Factor);
                    if (!found.TryGetValue(key, out var uses))
                    {
                        found.Add(key, uses = new List<(ProductTerm, ProductTerm)>());
                        order.Add(uses);
                    }

                    uses.Add((low, high));
                }
            }
        }

        foreach (var uses in order.Where(uses => uses.Count > 1))
        {
            Add(candidates, uses);
        }

        return candidates;
    }

    private static void Add(
        SortedDictionary<int, List<List<(ProductTerm Low, ProductTerm High)>>> candidates, List<(ProductTerm Low, ProductTerm High)> uses)
    {
        if (!candidates.TryGetValue(uses.Count, out var equal))
        {
            candidates.Add(uses.Count, equal = new List<List<(ProductTerm Low, ProductTerm High)>>());
        }

        equal.Add(uses);
    }
}
