using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>Results that one method of straight-line code computes, with their terms in the order in which sources are read.</summary>
internal sealed class StraightLineGroup
{
    private readonly ILookup<int, ProductTerm> _terms;
    private readonly ILookup<int, SharedSum> _sums;

    public StraightLineGroup(ConstantProductPlan plan, int[] outputs)
    {
        Outputs = outputs;
        var terms = outputs.Where(j => plan.Finish[j].Known is null)
            .SelectMany(j => plan.Terms(j)
                .GroupBy(term => term.Offset)
                .Select(group => new ProductTerm(group.Key, plan.Lane.Reduce(group.Aggregate(BigInteger.Zero, (sum, term) => sum + term.Weight)), j)))
            .Where(term => !term.Factor.IsZero)
            .ToArray();
        List<ProductTerm> rest = terms.ToList();
        Sums = plan.KeepsMultiples ? SharedSums.Find(terms, out rest) : new List<SharedSum>();
        _terms = rest.ToLookup(term => term.Source);
        _sums = Sums.ToLookup(sum => sum.High);
        Sources = terms.Select(term => term.Source).Distinct().OrderBy(source => source).ToArray();
        Additions = rest.Count + Sums.Sum(sum => sum.Users.Length + 1);
        Count = terms.Length;
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

    public IEnumerable<ProductTerm> TermsOf(int source) => _terms[source];

    public IEnumerable<SharedSum> SumsEndingAt(int source) => _sums[source];

    /// <summary>The multiples of a source that are added while it is in a register.</summary>
    public IEnumerable<BigInteger> FactorsOf(int source)
        => _terms[source].Select(term => BigInteger.Abs(term.Factor)).Concat(_sums[source].Select(sum => BigInteger.Abs(sum.HighFactor))).Distinct();
}
