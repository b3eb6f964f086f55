using System;

namespace HGQ.Model.Cost;

/// <summary>
/// EBOPs (layers.md, "Cost"): Σ over multiplications of the input's width k + i + f times the weight's significant bits
/// (highest to lowest set bit, sign not counted).
/// </summary>
internal static class EffectiveBitOperations
{
    /// <summary>Counts a layer with constant weights.</summary>
    /// <param name="width">The counted width of an element of the layer's input, before alignment.</param>
    /// <param name="positionOffsets">First element of each position.</param>
    /// <param name="tapOffsets">Elements that a position reads, counted from its first [g·T + t].</param>
    /// <param name="weights">Raw weights [(g·T + t)·O + o].</param>
    /// <param name="scale">Factor for positions that share hardware: parallel factor / positions.</param>
    public static LayerCost Of(Func<int, int> width, int[] positionOffsets, int[] tapOffsets, EquatableArray<long> weights, double scale)
    {
        int outputs = tapOffsets.Length == 0 ? 0 : weights.Length / tapOffsets.Length;
        long total = 0;
        var nonzero = 0;
        for (var gt = 0; gt < tapOffsets.Length; gt++)
        {
            long weightBits = 0;
            for (var o = 0; o < outputs; o++)
            {
                int bits = SignificantBits(weights[(gt * outputs) + o]);
                weightBits += bits;
                nonzero += bits > 0 ? 1 : 0;
            }

            foreach (var offset in positionOffsets)
            {
                total = checked(total + (weightBits * width(offset + tapOffsets[gt])));
            }
        }

        return new LayerCost(total * scale, weights.Length, nonzero);
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

    /// <summary>A product of operands that both vary counts the product of their widths.</summary>
    public static long Pair(int left, int right) => (long)left * right;
}
