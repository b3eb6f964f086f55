using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>The terms of a product with the intervals of their sources, and where its sources are cut into tiles.</summary>
internal sealed class ProductTerms
{
    // Values of 16 bits.
    private const long MostSpread = ushort.MaxValue;
    private readonly ConstantProductPlan _plan;
    private readonly ProductTerm[][] _terms;
    private readonly ILookup<int, ProductTerm> _bySource;
    private readonly Func<int, (long Low, long High)> _interval;

    public ProductTerms(IntegerProgram program, ConstantProductPlan plan)
    {
        _plan = plan;
        int start = plan.Product.PositionOffsets[0];
        var intervals = program.Buffers[plan.Product.Source].Intervals;
        _interval = source => ((long)intervals[start + source].Low, (long)intervals[start + source].High);
        _terms = Enumerable.Range(0, plan.Outputs).Select(j => plan.Finish[j].Known is not null ? Array.Empty<ProductTerm>()
            : plan.Terms(j).Select(term => new ProductTerm(term.Offset, LaneType.Int16.Reduce(term.Weight), j)).ToArray()).ToArray();
        _bySource = _terms.SelectMany(terms => terms).ToLookup(term => term.Source);
    }

    /// <summary>Whether every weight is a number of 16 bits, and every term as well.</summary>
    public bool AreNarrow => _plan.Product.Weights.All(weight => weight is >= short.MinValue and <= short.MaxValue)
        && _terms.All(terms => terms.All(term => Spread(term) <= MostSpread));

    /// <summary>The terms of a result.</summary>
    public ProductTerm[] Of(int output) => _terms[output];

    /// <summary>Least sum of a result's terms.</summary>
    public long Low(int output, HashSet<int> sources) => _terms[output].Where(term => sources.Contains(term.Source)).Sum(term => Ends(term).Low);

    /// <summary>Largest sum of a result's terms.</summary>
    public long High(int output, HashSet<int> sources) => _terms[output].Where(term => sources.Contains(term.Source)).Sum(term => Ends(term).High);

    /// <summary>
    /// Sources, ascending, in tiles: so that groups of <paramref name="size"/> results have few enough terms for a method, few
    /// enough multiples are kept, and the sums of a tile have 16 bits where they must be exact.
    /// </summary>
    public IEnumerable<int[]> Cut(int size)
    {
        int[] counts = new int[(_plan.Outputs + size - 1) / size];
        var spreads = new long[_plan.Outputs];
        var tile = new List<int>();
        var multiples = 0;
        foreach (int source in _bySource.Select(group => group.Key).OrderBy(source => source))
        {
            var terms = _bySource[source];
            int more = terms.Where(term => term.Magnitude != 1).Select(term => term.Magnitude).Distinct().Count();
            if (tile.Count > 0 && (multiples + more > KeptMultiples.Most || terms.Any(term => IsFull(term, counts[term.Output / size] + size, spreads[term.Output]))))
            {
                yield return tile.ToArray();
                tile.Clear();
                Array.Clear(counts, 0, counts.Length);
                Array.Clear(spreads, 0, spreads.Length);
                multiples = 0;
            }

            tile.Add(source);
            multiples += more;
            foreach (var term in terms)
            {
                counts[term.Output / size]++;
                spreads[term.Output] += Spread(term);
            }
        }

        if (tile.Count > 0)
        {
            yield return tile.ToArray();
        }
    }

    private bool IsFull(ProductTerm term, int count, long spread)
        => count > StraightLineProduct.MostTermsOfMethod
            || (_plan.Lane != LaneType.Int16 && spread + Spread(term) > MostSpread);

    private long Spread(ProductTerm term) => Ends(term).High - Ends(term).Low;

    private (long Low, long High) Ends(ProductTerm term)
    {
        var (low, high) = _interval(term.Source);
        return term.Factor < 0 ? (term.Factor * high, term.Factor * low) : (term.Factor * low, term.Factor * high);
    }
}
