using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// Large constant products of one sample on x86: results across 32-bit lanes, source bytes in fours. A four is broadcast, one
/// instruction multiplies it with the weights of 16 (or 8) results; its 16-bit sums are exact for a number of fours that the
/// weights tell, then they are added in pairs to 32-bit sums.
/// </summary>
/// <param name="Facts">The product.</param>
/// <param name="Source">The source as bytes.</param>
/// <param name="Fours">First offsets of the fours.</param>
/// <param name="Weights">[block of 16 results][four][result][element of the four]</param>
/// <param name="Run">Fours whose 16-bit sums are exact.</param>
internal sealed record WideByteQuadSample(ProductFacts Facts, ByteOperand Source, int[] Fours, long[] Weights, int Run)
    : ProductStrategy(Facts)
{
    /// <summary>Results whose weights lie side by side: the lanes of the widest vector.</summary>
    public const int ResultsOfRow = 16;

    public override double Cost => (double)Plan.Product.Positions * Fours.Length * CostModel.RowsOfResults(Plan.Outputs)
        * CostModel.InstructionsOfMultiplyAdd;

    public override ProductMemory Memory => new(Packed: Facts.SourceLength + 1);

    /// <summary>A large product of bytes, of one group.</summary>
    public static ProductStrategy? Offer(ProductQuestion question)
    {
        var plan = question.Plan;
        bool fits = plan.Lane.Bits <= 32
            && plan.Product.Groups == 1
            && plan.Product.Taps > 1
            && plan.Outputs > 4
            && (long)plan.Product.Taps * plan.Outputs * plan.Product.Positions >= CostModel.FewestProductsOfByteQuads
            && ByteOperand.TakesWeights(plan.Product);
        if (!fits || ByteOperand.Of(question.Facts.Program, plan.Product.Source) is not { } source)
        {
            return null;
        }

        int[] fours = FoursOf(plan.Product.TapOffsets.ToArray());
        long[] weights = Arrange(plan, fours);
        return new WideByteQuadSample(question.Facts, source, fours, weights, LongestExactRun(weights, fours.Length, source.Largest));
    }

    // First offsets of groups of four neighbours that cover all taps.
    private static int[] FoursOf(int[] taps)
    {
        var fours = new List<int>();
        foreach (int tap in taps.Distinct().OrderBy(tap => tap))
        {
            if (fours.Count == 0 || tap >= fours[fours.Count - 1] + 4)
            {
                fours.Add(tap);
            }
        }

        return fours.ToArray();
    }

    // [block of 16 results][four][result][element of the four]
    private static long[] Arrange(ConstantProductPlan plan, int[] fours)
    {
        int blocks = (plan.Outputs + ResultsOfRow - 1) / ResultsOfRow;
        var table = new long[blocks * fours.Length * ResultsOfRow * 4];
        for (var j = 0; j < plan.Outputs; j++)
        {
            foreach (var (offset, weight) in plan.Terms(j))
            {
                int four = Array.BinarySearch(fours, offset);
                four = four < 0 ? ~four - 1 : four;
                table[(((((j / ResultsOfRow) * fours.Length) + four) * ResultsOfRow) + (j % ResultsOfRow)) * 4 + (offset - fours[four])] += weight;
            }
        }

        return table;
    }

    // The most fours whose 16-bit sums are exact wherever a run begins at a multiple of their number.
    private static int LongestExactRun(long[] weights, int fours, int largest)
    {
        var run = Math.Min(fours, 128);
        while (run > 1 && !IsExact(weights, fours, run, largest))
        {
            run--;
        }

        return run;
    }

    private static bool IsExact(long[] weights, int fours, int run, int largest)
    {
        const int row = ResultsOfRow * 4;
        for (var block = 0; block < weights.Length; block += fours * row)
        {
            for (var begin = 0; begin < fours; begin += run)
            {
                for (var pair = 0; pair < row; pair += 2)
                {
                    long low = 0, high = 0;
                    for (int k = begin; k < Math.Min(begin + run, fours); k++)
                    {
                        long first = weights[block + (k * row) + pair], second = weights[block + (k * row) + pair + 1];
                        low += Math.Min(first, 0) + Math.Min(second, 0);
                        high += Math.Max(first, 0) + Math.Max(second, 0);
                    }

                    if (low * largest < short.MinValue || high * largest > short.MaxValue)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }
}
