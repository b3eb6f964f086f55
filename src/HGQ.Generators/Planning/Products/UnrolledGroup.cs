using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Steps;

namespace HGQ.Generators.Planning.Products;

/// <summary>Results that one method of straight-line code computes, with their terms in the order in which sources are read.</summary>
internal sealed class UnrolledGroup
{
    private readonly ILookup<int, ProductTerm> _terms;
    private readonly ILookup<int, SharedSum> _sums;
    private readonly Dictionary<int, ulong[]> _factors;
    private readonly HashSet<int> _withTerms;

    /// <summary>All terms of some results.</summary>
    public UnrolledGroup(ConstantProductPlan plan, int[] outputs)
        : this(outputs, outputs.Where(j => plan.Finish[j].Known is null).SelectMany(j => TermsOf(plan, j)), plan.KeepsMultiples)
    {
    }

    /// <summary>Some terms of some results.</summary>
    /// <param name="outputs">The results.</param>
    /// <param name="all">Their terms; those whose factor is 0 are left out.</param>
    /// <param name="shares">Whether multiples may be kept, so that sums can be shared.</param>
    public UnrolledGroup(int[] outputs, IEnumerable<ProductTerm> all, bool shares)
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
            source => _terms[source].Select(term => term.Magnitude).Concat(_sums[source].Select(sum => ProductTerm.MagnitudeOf(sum.HighFactor))).Distinct().ToArray());
        Additions = rest.Count + Sums.Sum(sum => sum.Users.Length + 1);
        TermCount = terms.Length;
        _withTerms = new HashSet<int>(terms.Select(term => term.Output));
    }

    public int[] Outputs { get; }

    /// <summary>Sources of all terms, ascending.</summary>
    public int[] Sources { get; }

    public List<SharedSum> Sums { get; }

    /// <summary>Additions that are left of <see cref="TermCount"/> terms.</summary>
    public int Additions { get; }

    /// <summary>Number of terms.</summary>
    public int TermCount { get; }

    /// <summary>Whether a result has terms.</summary>
    public bool HasTerms(int output) => _withTerms.Contains(output);

    public IEnumerable<ProductTerm> TermsOf(int source) => _terms[source];

    public IEnumerable<SharedSum> SumsEndingAt(int source) => _sums[source];

    /// <summary>The multiples of a source that are added while it is in a register.</summary>
    public ulong[] FactorsOf(int source) => _factors[source];

    /// <summary>Number of groups of at most so many results.</summary>
    public static int Count(int outputs, int most) => (outputs + most - 1) / most;

    /// <summary>Groups of equal size whose accumulators leave registers for the source and its multiples.</summary>
    public static IEnumerable<UnrolledGroup> All(ConstantProductPlan plan, int most)
    {
        int size = (plan.Outputs + Count(plan.Outputs, most) - 1) / Count(plan.Outputs, most);
        var group = new List<int>();
        var terms = 0;
        for (var j = 0; j < plan.Outputs; j++)
        {
            int count = plan.Terms(j).Count;
            if (group.Count > 0 && (group.Count == size || terms + count > CostModel.MostTermsOfMethod))
            {
                yield return new UnrolledGroup(plan, group.ToArray());
                group.Clear();
                terms = 0;
            }

            group.Add(j);
            terms += count;
        }

        yield return new UnrolledGroup(plan, group.ToArray());
    }

    private static IEnumerable<ProductTerm> TermsOf(ConstantProductPlan plan, int j)
    {
        var terms = plan.Terms(j);
        return plan.HasEqualTaps
            ? terms.GroupBy(term => term.Offset).Select(group => new ProductTerm(group.Key, plan.Lane.Reduce(group.Aggregate(0L, (sum, term) => unchecked(sum + term.Weight))), j))
            : terms.Select(term => new ProductTerm(term.Offset, plan.Lane.Reduce(term.Weight), j));
    }
}
