using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// Constant products of a block as straight-line code: results are computed in groups whose accumulators stay in registers, and
/// each source element is read once for a group. Weights that are 0 cost nothing, two terms that results of a group have in
/// common are added once, and multiples are formed by the first group that needs them and kept in memory for the others.
/// </summary>
/// <param name="Facts">The product.</param>
/// <param name="Groups">Results that are computed together.</param>
/// <param name="Multiples">What groups keep for each other.</param>
internal sealed record UnrolledBlock(ProductFacts Facts, UnrolledGroup[] Groups, MultipleCache Multiples) : ProductStrategy(Facts)
{
    public override double Cost => Plan.Product.Positions * CostModel.VectorsOf(Plan.Lane)
        * StraightLineCost.Of(Groups, Multiples, CostModel.InstructionsOfMultiple(Plan.Lane));

    public override ProductMemory Memory => new(Multiples: Multiples.Count * LaneType.Int16.Bytes);

    /// <summary>A product that is small enough to be written out.</summary>
    public static ProductStrategy? Offer(ProductQuestion question)
    {
        int terms = question.Facts.Terms;
        bool fits = question.Shape.IsVector && question.Plan.Lane != LaneType.Int128 && terms <= CostModel.MostUnrolledTerms;
        return fits && question.Budget.TakeUnrolled(terms, CostModel.MostUnrolledTermsOfKernel)
            ? Of(question)
            : null;
    }

    /// <summary>The product written out, however large it is.</summary>
    public static UnrolledBlock Of(ProductQuestion question)
        => new(question.Facts, question.Facts.Groups(question.Shape), question.Facts.Multiples(question.Shape));

    /// <summary>Whether groups of a product are as large as registers allow, and keep multiples for each other.</summary>
    public static bool Suits(ProductQuestion question)
    {
        int groups = UnrolledGroup.Count(question.Plan.Outputs, CostModel.MostAccumulators(question.Shape));
        return question.Facts.Terms <= CostModel.MostTermsOfMethod * (question.Plan.KeepsMultiples ? groups : 1);
    }
}
