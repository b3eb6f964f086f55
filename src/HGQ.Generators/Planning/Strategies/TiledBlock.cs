using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// A large product of 16-bit sums in blocks, as straight-line code: a method for each tile of the source and group of results. Sums
/// wait in memory from tile to tile.
/// </summary>
/// <param name="Facts">The product.</param>
/// <param name="Tiles">The tiles.</param>
internal sealed record TiledBlock(ProductFacts Facts, ProductTiles Tiles) : ProductStrategy(Facts)
{
    public override bool GainsFromGroups => true;

    /// <summary>Sums are stored behind a tile and loaded before the next.</summary>
    public override double Cost => (2.0 * Plan.Outputs * (Tiles.Tiles.Count - 1))
        + Tiles.Tiles.Zip(
            Tiles.Multiples,
            (groups, kept) => StraightLineCost.Of(groups, kept, CostModel.InstructionsOfMultiple(LaneType.Int16))).Sum();

    public override ProductMemory Memory => new(
        Sums: Tiles.Tiles.Count > 1 ? Plan.Outputs * LaneType.Int16.Bytes : 0,
        Multiples: Tiles.Multiples.Max(tile => tile.Count) * LaneType.Int16.Bytes);

    /// <summary>
    /// Where pairs of bytes would be an alternative, or groups of straight-line code would be smaller than registers allow.
    /// </summary>
    public static ProductStrategy? Offer(ProductQuestion question)
    {
        int most = CostModel.MostTiledTerms(question.Shape);
        bool pays = BytePairBlock.Pays(question) || !UnrolledBlock.Suits(question);
        return pays && Fits(question, most) && question.Budget.TakeTiled(question.Facts.Terms, most)
            ? new TiledBlock(question.Facts, question.Facts.Tiles(question.Shape))
            : null;
    }

    // Sources and sums of 16 bits. Sums of 32 bits would have to leave 16-bit tiles so often that packed pairs are as fast, and far
    // smaller.
    private static bool Fits(ProductQuestion question, int most) => question.Plan.Product.Positions == 1
        && question.Facts.Terms <= most
        && question.Plan.Product.Weights.Length <= CostModel.MostWeightsWithMultiples
        && !question.Plan.HasEqualTaps
        && question.Plan.Lane == LaneType.Int16
        && question.Facts.SourceType == LaneType.Int16;
}
