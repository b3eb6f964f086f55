namespace HGQ.HlsEmit.Layout;

/// <summary>What a wire is made of: an element, a product of two, or a sum of two wires times powers of two.</summary>
internal sealed class WireNode
{
    private WireNode(BufferPlace? element, BufferPlace? factor, WirePart left, WirePart right)
    {
        Element = element;
        Factor = factor;
        Left = left;
        Right = right;
    }

    /// <summary>The element; null of a sum.</summary>
    public BufferPlace? Element { get; }

    /// <summary>The element it is multiplied by, or null.</summary>
    public BufferPlace? Factor { get; }

    /// <summary>First summand.</summary>
    public WirePart Left { get; }

    /// <summary>Second summand.</summary>
    public WirePart Right { get; }

    /// <summary>An element.</summary>
    public static WireNode Of(BufferPlace element) => new(element, null, default, default);

    /// <summary>A product of two elements.</summary>
    public static WireNode Product(BufferPlace element, BufferPlace factor) => new(element, factor, default, default);

    /// <summary>A sum.</summary>
    public static WireNode Sum(WirePart left, WirePart right) => new(null, null, left, right);
}

/// <summary>A wire or a constant, times plus or minus a power of two, or times a constant.</summary>
/// <param name="Operand">The wire or constant.</param>
/// <param name="Shift">Bits it is shifted left by.</param>
/// <param name="Negative">Subtracted.</param>
/// <param name="Factor">What it is multiplied by besides.</param>
internal readonly record struct WirePart(Operand Operand, int Shift, bool Negative, long Factor = 1);
