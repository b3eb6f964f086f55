using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// A large product whose source has few bits, in blocks: a few bits of each sample are an index into a table of sums, and one
/// instruction looks the sums of the samples of two blocks up, side by side in bytes. Its size is that of the tables.
/// </summary>
/// <param name="Facts">The product.</param>
/// <param name="Tables">The tables of sums.</param>
internal sealed record BitLookupBlock(ProductFacts Facts, LookupTables Tables) : ProductStrategy(Facts)
{
    /// <summary>Two blocks lie side by side in the bytes of a vector.</summary>
    public override double Cost => ((Tables.Entries.Count * CostModel.InstructionsOfLookup)
        + (Tables.Segments.Sum() * CostModel.InstructionsOfLookupSegment)) / 2;

    public override bool GainsFromGroups => true;

    /// <summary>Bytes of the indices of two samples, for a block of any width.</summary>
    public override ProductMemory Memory => new(Indices: BitInput.IndexBytes(Facts.Program, Plan.Product));

    /// <summary>The choice is the same for blocks of every width, whose inputs are read alike.</summary>
    public static ProductStrategy? Offer(ProductQuestion question)
        => question.Shape.IsVector && Fits(question.Facts)
            ? new BitLookupBlock(question.Facts, question.Facts.Lookups(question.Shape)!)
            : null;

    private static bool Fits(ProductFacts facts) => facts.Terms >= CostModel.FewestTermsOfLookups
        && facts.Plan.Lane == LaneType.Int16
        && facts.BitInput is not null
        && facts.Lookups(KernelShape.Blocks[1]) is { } narrow
        && facts.Lookups(KernelShape.Blocks[2]) is { } wide
        && narrow.Entries.Count <= facts.Terms * CostModel.TermsOfLookup
        && narrow.Entries.Concat(wide.Entries).Sum(entries => entries.Length) <= CostModel.MostLookupBytes;
}
