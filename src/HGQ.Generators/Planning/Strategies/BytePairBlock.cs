using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// Constant products of a block as loops over packed weights: two source elements lie in the two bytes of each 16-bit lane, one
/// instruction multiplies them with a pair of weights and adds the products, pairs of zeros are not there. The form of large
/// layers, whose size is that of the tables, and of layers of bytes whose sums need 32 bits.
/// </summary>
/// <param name="Facts">The product.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record BytePairBlock(ProductFacts Facts, BytePairs Pairs) : ProductStrategy(Facts)
{
    public override bool GainsFromGroups => true;

    public override double Cost => (Facts.SourceLength * CostModel.InstructionsOfPackedByte)
        + (Plan.Product.Positions * ((Pairs.Rows.Count * CostModel.InstructionsOfBytePair)
            + (Pairs.Segments.Sum() * CostModel.InstructionsOfSegment(Plan.Lane))));

    public override ProductMemory Memory => new(
        Packed: Facts.SourceLength + 1,
        Sums: Pairs.Parts > 1 ? Plan.Outputs * LaneType.Int32.Bytes : 0);

    /// <summary>A product with enough terms, which is too large for straight-line code or has sums of 32 bits.</summary>
    public static ProductStrategy? Offer(ProductQuestion question)
        => Pays(question) ? new BytePairBlock(question.Facts, question.Facts.BytePairs!) : null;

    /// <summary>Whether this form is faster than straight-line code, or the only one of bounded size.</summary>
    public static bool Pays(ProductQuestion question)
    {
        int terms = question.Facts.Terms;
        bool wide = question.Shape.IsVector && question.Plan.Lane == LaneType.Int32;
        return terms >= CostModel.FewestTermsOfBytePairs * question.Plan.Outputs
            && (terms > CostModel.MostUnrolledTerms || wide)
            && question.Facts.BytePairs is not null;
    }
}
