using System;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// Constant products of one sample on x86: results across 32-bit lanes, source elements in pairs. One instruction multiplies a
/// pair with the weights of 16 (or 8) results and adds the two products; there are no horizontal sums.
/// </summary>
/// <param name="Facts">The product.</param>
internal sealed record WordPairSample(ProductFacts Facts) : ProductStrategy(Facts)
{
    public override double Cost => (double)Plan.Product.Positions * ((Plan.Product.Taps + 1) / 2) * CostModel.RowsOfResults(Plan.Outputs)
        * CostModel.InstructionsOfMultiplyAdd;

    /// <summary>16-bit sources and weights, sums of at most 32 bits, one group.</summary>
    public static ProductStrategy? Offer(ProductQuestion question)
    {
        var plan = question.Plan;
        bool fits = plan.Lane.Bits <= 32
            && plan.Product.Groups == 1
            && plan.Product.Taps > 0
            && plan.Outputs > 1
            && question.Facts.SourceType == LaneType.Int16
            && Array.TrueForAll(plan.Product.Weights.ToArray(), weight => weight is >= short.MinValue and <= short.MaxValue);
        return fits ? new WordPairSample(question.Facts) : null;
    }
}
