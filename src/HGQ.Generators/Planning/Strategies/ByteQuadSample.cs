using System;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// Constant products of one sample on x86 with 8-bit sources and weights: results across lanes, four source elements at a time.
/// One instruction multiplies four bytes with the weights of 16 (or 8) results and adds them in pairs, which no proven interval
/// lets saturate; pairs are summed modulo 2^16 and joined at the end.
/// </summary>
/// <param name="Facts">The product.</param>
internal sealed record ByteQuadSample(ProductFacts Facts) : ProductStrategy(Facts)
{
    /// <summary>Source elements that are multiplied at a time.</summary>
    public const int Taps = 4;

    public override double Cost => (double)Fours * CostModel.RowsOfResults(Plan.Outputs) * CostModel.InstructionsOfMultiplyAdd;

    public override ProductMemory Memory => new(Bytes: Facts.SourceLength + 1);

    /// <summary>Fours of the source.</summary>
    public int Fours => (Facts.SourceLength + Taps - 1) / Taps;

    /// <summary>A product that reads most of its source, whose pairs are exact.</summary>
    public static ProductStrategy? Offer(ProductQuestion question) => Fits(question.Facts) ? new ByteQuadSample(question.Facts) : null;

    private static bool Fits(ProductFacts facts)
    {
        var plan = facts.Plan;
        var product = plan.Product;
        if (plan.Lane != LaneType.Int16
            || product.Positions != 1
            || product.Groups != 1
            || plan.Outputs < 2
            || product.Taps * 2 < facts.SourceLength
            || product.TapOffsets.Distinct().Count() < product.TapOffsets.Length
            || facts.SourceType != LaneType.Int16
            || product.Weights.Any(weight => weight is < sbyte.MinValue or > sbyte.MaxValue))
        {
            return false;
        }

        // The two elements of a pair at their largest bytes.
        var largest = new BigInteger[facts.SourceLength + 1, plan.Outputs];
        for (var t = 0; t < product.Taps; t++)
        {
            int source = product.PositionOffsets[0] + product.TapOffsets[t];
            var interval = facts.Program.Buffers[product.Source].Intervals[source];
            if (ByteOperand.OffsetOf(interval) is not { } offset)
            {
                return false;
            }

            var top = interval.High + offset;
            for (var j = 0; j < plan.Outputs; j++)
            {
                largest[source, j] = top * Math.Abs(product.Weights[(t * plan.Outputs) + j]);
            }
        }

        return Enumerable.Range(0, plan.Outputs).All(j => Enumerable.Range(0, largest.GetLength(0) / 2)
            .All(pair => largest[2 * pair, j] + largest[(2 * pair) + 1, j] <= short.MaxValue));
    }
}
