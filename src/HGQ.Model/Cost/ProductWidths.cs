using System;
using System.Linq;

namespace HGQ.Model.Cost;

/// <summary>
/// The width that EBOPs count of an element without a quantizer of its own (docs/layers.md, "Widths that are counted"): bits travel with
/// elements that move; an element that is chosen from others has the width of the widest; a mean of n elements, n a power of two, log2 n
/// bits more. The wires may be wider, where the others have other fraction bits.
/// </summary>
internal static class ProductWidths
{
    /// <summary>Width of an element that is chosen from others.</summary>
    /// <param name="width">Widths of the others.</param>
    /// <param name="elements">The others.</param>
    public static int Chosen(Func<int, int> width, ArraySegment<int> elements) => elements.Max(width);

    /// <summary>Width of a mean.</summary>
    /// <param name="width">Widths of the elements, 0 of padding.</param>
    /// <param name="first">The element that the others are counted from.</param>
    /// <param name="taps">Elements of the window, counted from the first.</param>
    /// <param name="divisorBits">log2 of the number of elements that are no padding.</param>
    public static int Mean(Func<int, int> width, int first, int[] taps, int divisorBits)
    {
        int widest = taps.Max(tap => width(first + tap));
        return widest == 0 ? 0 : widest + divisorBits;
    }
}
