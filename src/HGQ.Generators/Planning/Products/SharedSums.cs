using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Planning.Products;

/// <summary>Two terms that several results have in common: they are added once.</summary>
/// <param name="Low">Source of the first term.</param>
/// <param name="LowFactor">Its factor, positive.</param>
/// <param name="High">Source of the second term, read after the first.</param>
/// <param name="HighFactor">Its factor.</param>
/// <param name="Users">The results, and whether they subtract the sum.</param>
internal sealed record SharedSum(int Low, ulong LowFactor, int High, long HighFactor, (int Output, bool Negative)[] Users);

/// <summary>A result's term: a factor times a source.</summary>
internal readonly record struct ProductTerm(int Source, long Factor, int Output)
{
    /// <summary>The factor without its sign.</summary>
    public ulong Magnitude => MagnitudeOf(Factor);

    /// <summary>A factor without its sign.</summary>
    public static ulong MagnitudeOf(long factor) => factor < 0 ? unchecked(0UL - (ulong)factor) : (ulong)factor;
}

/// <summary>
/// Greedy search for two-term sums with equal factors, up to the sign, among results that are computed together: the sum with
/// most users first. Each saves one addition for every user but the first.
/// </summary>
internal sealed class SharedSums
{
    // Beyond this the search would take longer than what it saves is worth: 10 ms.
    private const int MostPairs = 100_000;
    private readonly IReadOnlyList<ProductTerm> _terms;
    private readonly bool[] _used;

    // Candidates by number of users; the order within is that of the terms, so that the text is the same every time.
    private readonly List<List<(int Low, int High)>>[] _candidates;

    private SharedSums(IReadOnlyList<ProductTerm> terms)
    {
        _terms = terms;
        _used = new bool[terms.Count];
        int[][] byOutput = Enumerable.Range(0, terms.Count).GroupBy(n => terms[n].Output).Select(group => group.OrderBy(n => terms[n].Source).ToArray()).ToArray();
        _candidates = Array.ConvertAll(new int[byOutput.Length + 1], _ => new List<List<(int Low, int High)>>());
        if (byOutput.Sum(group => (long)group.Length * group.Length / 2) <= MostPairs)
        {
            FindCandidates(byOutput);
        }
    }

    /// <summary>Finds sums; the terms that remain are in <paramref name="rest"/>.</summary>
    public static List<SharedSum> Find(IReadOnlyList<ProductTerm> terms, out List<ProductTerm> rest)
    {
        var search = new SharedSums(terms);
        var sums = search.Take();
        rest = terms.Where((_, n) => !search._used[n]).ToList();
        return sums;
    }

    private List<SharedSum> Take()
    {
        var sums = new List<SharedSum>();
        for (int most = _candidates.Length - 1; most > 1; most--)
        {
            foreach (var pair in _candidates[most])
            {
                pair.RemoveAll(use => _used[use.Low] || _used[use.High]);
                if (pair.Count == most)
                {
                    sums.Add(Share(pair));
                    pair.ForEach(use => _used[use.Low] = _used[use.High] = true);
                }
                else if (pair.Count > 1)
                {
                    _candidates[pair.Count].Add(pair);
                }
            }
        }

        return sums;
    }

    private SharedSum Share(List<(int Low, int High)> uses)
    {
        ProductTerm low = _terms[uses[0].Low], high = _terms[uses[0].High];
        return new SharedSum(
            low.Source,
            low.Magnitude,
            high.Source,
            low.Factor < 0 ? -high.Factor : high.Factor,
            uses.Select(use => (_terms[use.Low].Output, _terms[use.Low].Factor < 0)).ToArray());
    }

    // Most pairs of terms have one user: lists are made only for the others, once all pairs are counted.
    private void FindCandidates(int[][] byOutput)
    {
        int[] multiples = NumberMultiples();

        // A multiple that one result uses is shared with none.
        var uses = new int[multiples.Length];
        Array.ForEach(multiples, multiple => uses[multiple]++);
        byOutput = Array.ConvertAll(byOutput, group => Array.FindAll(group, n => uses[multiples[n]] > 1));
        var places = new Dictionary<ulong, int>();
        var users = new List<int>();
        var order = new List<int>();
        foreach (int[] group in byOutput)
        {
            for (var n = 0; n < group.Length; n++)
            {
                for (var m = n + 1; m < group.Length; m++)
                {
                    ulong equalSigns = _terms[group[n]].Factor < 0 == _terms[group[m]].Factor < 0 ? 1UL : 0;
                    ulong key = ((ulong)multiples[group[n]] << 32) | ((ulong)multiples[group[m]] << 1) | equalSigns;
                    if (!places.TryGetValue(key, out int place))
                    {
                        places.Add(key, place = users.Count);
                        users.Add(0);
                    }

                    users[place]++;
                    order.Add(place);
                }
            }
        }

        Collect(byOutput, users, order);
    }

    private void Collect(int[][] byOutput, List<int> users, List<int> order)
    {
        var shared = new List<(int Low, int High)>?[users.Count];
        var pair = 0;
        foreach (int[] group in byOutput)
        {
            for (var n = 0; n < group.Length; n++)
            {
                for (var m = n + 1; m < group.Length; m++, pair++)
                {
                    int place = order[pair];
                    if (users[place] > 1)
                    {
                        (shared[place] ??= new List<(int Low, int High)>(users[place])).Add((group[n], group[m]));
                    }
                }
            }
        }

        foreach (var uses in shared)
        {
            if (uses is not null)
            {
                _candidates[uses.Count].Add(uses);
            }
        }
    }

    // The same number for terms of the same multiple, up to the sign.
    private int[] NumberMultiples()
    {
        var numbers = new Dictionary<(int, ulong), int>();
        return _terms.Select(term =>
        {
            var key = (term.Source, term.Magnitude);
            if (!numbers.TryGetValue(key, out int number))
            {
                numbers.Add(key, number = numbers.Count);
            }

            return number;
        }).ToArray();
    }
}
