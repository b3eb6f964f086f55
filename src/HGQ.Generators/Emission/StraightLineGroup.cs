using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>Results that one method of straight-line code computes, with their terms in the order in which sources are read.</summary>
internal sealed class StraightLineGroup
{
    private readonly ILookup<int, ProductTerm> _terms;
    private readonly ILookup<int, SharedSum> _sums;
    private readonly Dictionary<int, ulong[]> _factors;
    private readonly HashSet<int> _withTerms;

    /// <summary>All terms of some results.</summary>
    public StraightLineGroup(ConstantProductPlan plan, int[] outputs)
        : this(outputs, outputs.Where(j => plan.Finish[j].Known is null).SelectMany(j => TermsOf(plan, j)), plan.KeepsMultiples)
    {
    }

    /// <summary>Some terms of some results.</summary>
    /// <param name="outputs">The results.</param>
    /// <param name="all">Their terms; those whose factor is 0 are left out.</param>
    /// <param name="shares">Whether multiples may be kept, so that sums can be shared.</param>
    public StraightLineGroup(int[] outputs, IEnumerable<ProductTerm> all, bool shares)
    {
        Outputs = outputs;
        var terms = all.Where(term => term.Factor != 0).ToArray();
        List<ProductTerm> rest = terms.ToList();
        Sums = shares ? SharedSums.Find(terms, out rest) : new List<SharedSum>();
        _terms = rest.ToLookup(term => term.Source);
        _sums = Sums.ToLookup(sum => sum.High);
        Sources = terms.Select(term => term.Source).Distinct().OrderBy(source => source).ToArray();
        _factors = Sources.ToDictionary(
            source => source,
            source => _terms[source].Select(term => term.Magnitude).Concat(_sums[source].Select(sum => Multiples.MagnitudeOf(sum.HighFactor))).Distinct().ToArray());
        Additions = rest.Count + Sums.Sum(sum => sum.Users.Length + 1);
        Count = terms.Length;
        _withTerms = new HashSet<int>(terms.Select(term => term.Output));
    }

    public int[] Outputs { get; }

    /// <summary>Sources of all terms, ascending.</summary>
    public int[] Sources { get; }

    public List<SharedSum> Sums { get; }

    /// <summary>Additions that are left of <see cref="Count"/> terms.</summary>
    public int Additions { get; }

    public int Count { get; }

    /// <summary>Says how many additions there are.</summary>
    public string Comment => $"{Literal.Of(Count)} terms in {Literal.Of(Additions)} additions";

    /// <summary>Whether a result has terms.</summary>
    public bool HasTerms(int output) => _withTerms.Contains(output);

    public IEnumerable<ProductTerm> TermsOf(int source) => _terms[source];

    public IEnumerable<SharedSum> SumsEndingAt(int source) => _sums[source];

    /// <summary>The multiples of a source that are added while it is in a register.</summary>
    public ulong[] FactorsOf(int source) => _factors[source];

    private static IEnumerable<ProductTerm> TermsOf(ConstantProductPlan plan, int j)
    {
        var terms = plan.Terms(j);
        return plan.HasEqualTaps
            ? terms.GroupBy(term => term.Offset).Select(group => new ProductTerm(group.Key, plan.Lane.Reduce(group.Aggregate(0L, (sum, term) => unchecked(sum + term.Weight))), j))
            : terms.Select(term => new ProductTerm(term.Offset, plan.Lane.Reduce(term.Weight), j));
    }
}
