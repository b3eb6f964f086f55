using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>How a sum is split: sum = high · 2^Shift + low, of which the high part is known modulo 2^16 and the low one exactly.</summary>
/// <param name="Shift">Bits of the sum that its reader drops, and that only the low part has; 0 where 16 bits hold the whole.</param>
/// <param name="HighBias">What the high part begins with.</param>
/// <param name="LowBias">What the low part begins with.</param>
/// <param name="HasLow">Whether there are terms in the low part; where not, its bias changes nothing.</param>
/// <param name="Finish">What is done to high + (low &gt;&gt; Shift), which is the sum shifted to the right.</param>
internal sealed record SplitSum(int Shift, BigInteger HighBias, BigInteger LowBias, bool HasLow, RequantizeElement Finish);

/// <summary>
/// Constant products of a block whose sums need more than 16 bits, as straight-line code on 16-bit lanes: what follows drops low bits,
/// so a sum is formed in two parts. Weights that are multiples of 2^s, as most of those of a large sum are, count in the high part, the
/// others in the low part, whose 16 bits are exact; floor(sum / 2^s) is high + (low &gt;&gt; s), and fits 16 bits.
/// </summary>
/// <param name="Facts">The product.</param>
/// <param name="Sums">How each sum is split.</param>
/// <param name="Groups">Results that are computed together; the low part of result j has the number Outputs + j.</param>
/// <param name="Multiples">What groups keep for each other.</param>
internal sealed record SplitSumBlock(ProductFacts Facts, SplitSum[] Sums, UnrolledGroup[] Groups, MultipleCache Multiples)
    : ProductStrategy(Facts)
{
    public override double Cost => Plan.Product.Positions
        * (StraightLineCost.Of(Groups, Multiples, CostModel.InstructionsOfMultiple(LaneType.Int16))
            + (Sums.Count(sum => sum.HasLow) * CostModel.InstructionsOfLowPart));

    public override ProductMemory Memory => new(Multiples: Multiples.Count * LaneType.Int16.Bytes);

    /// <summary>A product that is small enough to be written out, of 16-bit sources and results, whose wider sums can be split.</summary>
    public static ProductStrategy? Offer(ProductQuestion question)
    {
        var plan = question.Plan;
        bool fits = question.Shape.IsVector
            && plan.Lane != LaneType.Int16
            && !plan.WrapSums
            && question.Facts.SourceType == LaneType.Int16
            && question.Facts.Types[plan.Destination] == LaneType.Int16
            && question.Facts.Terms <= CostModel.MostUnrolledTerms;
        if (!fits || Split(question.Facts) is not { } split)
        {
            return null;
        }

        var offer = Of(question, split);
        return offer.Cost < UnrolledBlock.Of(question).Cost
            && question.Budget.TakeUnrolled(split.Terms.Count, CostModel.MostUnrolledTermsOfKernel) ? offer : null;
    }

    /// <summary>Number of the low part of a result among the accumulators.</summary>
    public int LowOf(int output) => Plan.Outputs + output;

    private static SplitSumBlock Of(ProductQuestion question, (SplitSum[] Sums, List<ProductTerm> Terms) split)
    {
        var plan = question.Plan;

        // Several positions can't share memory for multiples, and sums that are shared need some of it.
        bool keeps = plan.Product.Positions == 1;
        var groups = Group(plan.Outputs, split, CostModel.MostAccumulators(question.Shape), keeps);
        var multiples = MultipleCache.Of(groups, keeps);
        return multiples.Count <= CostModel.MostMultiples
            ? new SplitSumBlock(question.Facts, split.Sums, groups, multiples)
            : new SplitSumBlock(
                question.Facts,
                split.Sums,
                Group(plan.Outputs, split, CostModel.MostAccumulators(question.Shape), false),
                MultipleCache.Of(groups, false));
    }

    private static (SplitSum[] Sums, List<ProductTerm> Terms)? Split(ProductFacts facts)
    {
        var sums = new SplitSum[facts.Plan.Outputs];
        var terms = new List<ProductTerm>();
        for (var j = 0; j < sums.Length; j++)
        {
            if (Split(facts, j, terms) is not { } sum)
            {
                return null;
            }

            sums[j] = sum;
        }

        return (sums, terms);
    }

    private static SplitSum? Split(ProductFacts facts, int j, List<ProductTerm> terms)
    {
        var finish = facts.Plan.Finish[j];
        BigInteger bias = facts.Plan.Product.Bias[j];
        if (finish.Known is not null)
        {
            return new SplitSum(0, bias, BigInteger.Zero, false, finish);
        }

        int shift = Math.Max(finish.Bits - LaneType.Int16.Bits, 0);
        var below = (BigInteger.One << shift) - 1;
        if (shift > 0 && !Drops(finish, shift))
        {
            return null;
        }

        // What is added before the shift, half a step or so, may itself have low bits: then it is part of the sum.
        if (!(finish.Addend & below).IsZero)
        {
            bias += finish.Addend;
            finish = finish with { Addend = BigInteger.Zero };
        }

        var weights = facts.Plan.Terms(j)
            .GroupBy(term => term.Offset, (offset, taps) => (Offset: offset, Weight: taps.Sum(tap => tap.Weight))).ToList();
        if (Low(facts, weights, shift, bias & below) is not { } low)
        {
            return null;
        }

        foreach (var (offset, weight) in weights)
        {
            low.TryGetValue(offset, out long inLow);
            terms.AddRange(new[]
            {
                new ProductTerm(offset, LaneType.Int16.Reduce((weight - inLow) >> shift), j),
                new ProductTerm(offset, inLow, facts.Plan.Outputs + j),
            }.Where(term => term.Factor != 0));
        }

        var moved = finish with { Addend = finish.Addend >> shift, Right = finish.Right - shift };
        return new SplitSum(shift, bias >> shift, bias & below, low.Count > 0, moved);
    }

    // Whether what follows asks for the sum shifted to the right and for nothing else. Relu comes before the addend: max(sum, 0) + half
    // is max(sum + half, half), and half shifted must be 0 as it stays where it has low bits.
    private static bool Drops(RequantizeElement finish, int shift) => shift <= finish.Right
        && finish.SignMask.IsZero
        && finish.OddMask.IsZero
        && (!finish.Relu || (finish.Addend & ((BigInteger.One << shift) - 1)).IsZero || (finish.Addend >> shift).IsZero);

    // Weights that are no multiples count in the low part: as they are, the smallest first, as long as its 16 bits hold them, the others
    // with their low bits. Null where not even those fit.
    private static Dictionary<int, long>? Low(ProductFacts facts, List<(int Offset, long Weight)> weights, int shift, BigInteger bias)
    {
        long unit = 1L << shift;
        var low = new Dictionary<int, long>();
        var interval = RawInterval.Point(bias);
        var parted = weights.FindAll(term => (term.Weight & (unit - 1)) != 0).OrderBy(term => Math.Abs(term.Weight)).ToList();
        foreach (var (offset, weight) in parted)
        {
            long part = ((weight + (unit >> 1)) & (unit - 1)) - (unit >> 1);
            low.Add(offset, part);
            interval += Source(facts, offset).Scale(part);
        }

        foreach (var (offset, weight) in parted)
        {
            var source = Source(facts, offset);
            RawInterval before = source.Scale(low[offset]), after = source.Scale(weight);
            var whole = new RawInterval(interval.Low - before.Low + after.Low, interval.High - before.High + after.High);
            if (whole.SignedBits <= LaneType.Int16.Bits)
            {
                interval = whole;
                low[offset] = weight;
            }
        }

        return interval.SignedBits <= LaneType.Int16.Bits ? low : null;
    }

    // What an element can be, at any position.
    private static RawInterval Source(ProductFacts facts, int offset)
    {
        var intervals = facts.Program.Buffers[facts.Plan.Product.Source].Intervals;
        return facts.Plan.Product.PositionOffsets.Select(position => intervals[position + offset]).Aggregate((all, one) => all.Union(one));
    }

    // Groups of equal size whose accumulators stay in registers, both parts of a result together.
    private static UnrolledGroup[] Group(int outputs, (SplitSum[] Sums, List<ProductTerm> Terms) split, int most, bool shares)
    {
        int parts = split.Sums.Sum(sum => sum.HasLow ? 2 : 1), number = UnrolledGroup.Count(parts, most);
        int size = (parts + number - 1) / number;
        var terms = split.Terms.ToLookup(term => term.Output % outputs);
        var groups = new List<UnrolledGroup>();
        var group = new List<int>();
        int taken = 0, count = 0;
        void Close()
        {
            groups.Add(new UnrolledGroup(group.ToArray(), group.SelectMany(j => terms[j]), shares));
            group.Clear();
            taken = count = 0;
        }

        for (var j = 0; j < outputs; j++)
        {
            int more = split.Sums[j].HasLow ? 2 : 1, moreTerms = terms[j].Count();
            if (group.Count > 0 && (taken + more > size || count + moreTerms > CostModel.MostTermsOfMethod))
            {
                Close();
            }

            group.Add(j);
            taken += more;
            count += moreTerms;
        }

        Close();
        return groups.ToArray();
    }
}
