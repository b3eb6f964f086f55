using HGQ.Model.Lowering;

namespace HGQ.Model.Cost;

/// <summary>
/// EBOPs (layers.md, "Cost"): Σ over multiplications of the input's width k + i + f times the weight's significant bits
/// (highest to lowest set bit, sign not counted).
/// </summary>
internal static class EffectiveBitOperations
{
    /// <summary>Counts a layer with constant weights and reports it to the context.</summary>
    /// <param name="context">Receives the cost.</param>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="source">The layer's input, before alignment.</param>
    /// <param name="geometry">Which element meets which weight.</param>
    /// <param name="weights">Raw weights [(g·T + t)·O + o].</param>
    /// <param name="scale">Factor for positions that share hardware: parallel factor / positions.</param>
    public static void Report(
        LoweringContext context, string layer, DraftBuffer source, ProductGeometry geometry, EquatableArray<long> weights, double scale)
    {
        long total = 0;
        var nonzero = 0;
        for (var gt = 0; gt < geometry.TapOffsets.Length; gt++)
        {
            long weightBits = 0;
            for (var o = 0; o < geometry.Outputs; o++)
            {
                int bits = SignificantBits(weights[(gt * geometry.Outputs) + o]);
                weightBits += bits;
                nonzero += bits > 0 ? 1 : 0;
            }

            foreach (var offset in geometry.PositionOffsets)
            {
                total = checked(total + (weightBits * source.CountedWidth(offset + geometry.TapOffsets[gt])));
            }
        }

        context.AddCost(layer, total * scale, weights.Length, nonzero);
    }

    /// <summary>Bits from the highest to the lowest set bit of |raw|; 0 for 0.</summary>
    public static int SignificantBits(long raw)
    {
        var magnitude = raw < 0 ? unchecked((ulong)-raw) : (ulong)raw;
        if (magnitude == 0)
        {
            return 0;
        }

        while ((magnitude & 1) == 0)
        {
            magnitude >>= 1;
        }

        var bits = 0;
        for (; magnitude != 0; magnitude >>= 1)
        {
            bits++;
        }

        return bits;
    }

    /// <summary>Σ of the products of widths of operands that both vary.</summary>
    public static long Pairs(DraftBuffer left, int leftElement, DraftBuffer right, int rightElement)
        => (long)left.CountedWidth(leftElement) * right.CountedWidth(rightElement);
}
