using System;
using System.Linq;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>All strategies in the order in which they are asked: the first that makes an offer is taken.</summary>
internal static class ProductStrategies
{
    /// <summary>For blocks of samples, and for one sample in scalar code; the last one takes every product.</summary>
    public static readonly Func<ProductQuestion, ProductStrategy?>[] All =
    {
        BitLookupBlock.Offer,
        TiledBlock.Offer,
        BytePairBlock.Offer,
        SplitSumBlock.Offer,
        UnrolledBlock.Offer,
        LoopProduct.Offer,
    };

    /// <summary>For one sample on vectors of x86; where none makes an offer, it is computed in scalar code.</summary>
    public static readonly Func<ProductQuestion, ProductStrategy?>[] Sample =
    {
        WideByteQuadSample.Offer,
        ByteQuadSample.Offer,
        WordPairSample.Offer,
    };

    /// <summary>The strategy of a product in a kernel.</summary>
    public static ProductStrategy Choose(ProductQuestion question)
        => All.Select(offer => offer(question)).First(strategy => strategy is not null)!;

    /// <summary>The strategy of a product for one sample on vectors, or null.</summary>
    public static ProductStrategy? ChooseSample(ProductQuestion question)
        => Sample.Select(offer => offer(question)).FirstOrDefault(strategy => strategy is not null);
}
