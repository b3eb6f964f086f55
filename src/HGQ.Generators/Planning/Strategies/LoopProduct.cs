using HGQ.Generators.Planning.Costs;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// A constant product as a loop over the weights that are not 0: the form of every product that no other takes; its size is that of its
/// tables.
/// </summary>
/// <param name="Facts">The product.</param>
internal sealed record LoopProduct(ProductFacts Facts) : ProductStrategy(Facts)
{
    public override double Cost => Facts.AllTerms * CostModel.InstructionsOfLoopTerm * CostModel.VectorsOf(Plan.Lane);

    /// <summary>Takes every product.</summary>
    public static ProductStrategy Offer(ProductQuestion question) => new LoopProduct(question.Facts);
}
