namespace HGQ.HlsEmit.Adders;

/// <summary>Two terms up to a common shift and sign: Low ± High·2^Distance, in one number because millions are looked up.</summary>
/// <param name="Key">The number.</param>
internal readonly record struct TermPair(ulong Key)
{
    private const int IdBits = 24;
    private const ulong IdMask = (1UL << IdBits) - 1;

    /// <summary>Number of the operand that is not shifted.</summary>
    public int Low => (int)(Key >> IdBits & IdMask);

    /// <summary>Number of the operand that is shifted.</summary>
    public int High => (int)(Key & IdMask);

    /// <summary>Bits it is shifted by.</summary>
    public int Distance => (int)(Key >> ((2 * IdBits) + 1));

    /// <summary>Whether it is subtracted.</summary>
    public bool Differ => (Key >> (2 * IdBits) & 1) != 0;

    /// <summary>The pair of two terms.</summary>
    public static TermPair Of(SumTerm x, SumTerm y)
    {
        var (xShift, yShift) = (x.Shift, y.Shift);
        var inOrder = xShift != yShift ? xShift < yShift : x.Id <= y.Id;
        var (low, high, distance) = inOrder ? (x, y, yShift - xShift) : (y, x, xShift - yShift);
        var signs = (ulong)((low.Code ^ high.Code) & 1);
        return new TermPair((((ulong)distance << 1 | signs) << (2 * IdBits)) | ((ulong)low.Id << IdBits) | (uint)high.Id);
    }
}
