using System;
using System.Linq;
using HGQ.Model.Lowering;

namespace HGQ.Model.Cost;

/// <summary>
/// The width that EBOPs count of an element without a quantizer of its own (docs/layers.md, "Widths that are counted"): bits travel with elements that
/// move; an element that is chosen from others has the width of the widest; a mean of n elements, n a power of two, log2 n bits more.
/// The wires may be wider, where the others have other fraction bits.
/// </summary>
internal static class ProductWidths
{
    /// <summary>Widths of elements that were moved.</summary>
    /// <param name="context">Knows the buffers.</param>
    /// <param name="moved">The tensor they were moved to.</param>
    /// <param name="source">Where an element of it comes from: a buffer and an element of that, or null for the constant 0.</param>
    public static LoweredTensor Move(LoweringContext context, LoweredTensor moved, Func<int, (DraftBuffer Buffer, int Element)?> source)
        => Count(context, moved, e => source(e) is { } from ? from.Buffer.CountedWidth(from.Element) : 0);

    /// <summary>Widths of elements that were chosen from lists of others.</summary>
    public static LoweredTensor Choose(LoweringContext context, LoweredTensor chosen, DraftBuffer source, int terms, int[] lists)
        => Count(context, chosen, e => Enumerable.Range(e * terms, terms).Max(n => source.CountedWidth(lists[n])));

    /// <summary>Widths of means of channels over windows.</summary>
    /// <param name="context">Knows the buffers.</param>
    /// <param name="means">The means, channels last.</param>
    /// <param name="source">The elements, padding with width 0.</param>
    /// <param name="positions">First element of every window.</param>
    /// <param name="taps">Elements of a window, counted from the first.</param>
    /// <param name="counts">Elements of every window that are not padding; powers of two.</param>
    public static LoweredTensor Average(
        LoweringContext context, LoweredTensor means, DraftBuffer source, int[] positions, int[] taps, int[] counts)
    {
        int channels = means.Shape.Channels;
        return Count(context, means, e =>
        {
            int widest = taps.Max(tap => source.CountedWidth(positions[e / channels] + tap + (e % channels)));
            return widest == 0 ? 0 : widest + TrailingZeros.Of((long)counts[e / channels]);
        });
    }

    private static LoweredTensor Count(LoweringContext context, LoweredTensor tensor, Func<int, int> width)
    {
        context.Buffer(tensor).CountedWidths = Enumerable.Range(0, tensor.Shape.Size).Select(width).ToArray();
        return tensor;
    }
}
