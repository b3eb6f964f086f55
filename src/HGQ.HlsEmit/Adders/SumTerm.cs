using System.Globalization;

namespace HGQ.HlsEmit.Adders;

/// <summary>An operand times plus or minus a power of two, in one number because millions are compared.</summary>
/// <param name="Code">The number: operand, shift, sign.</param>
internal readonly record struct SumTerm(long Code)
{
    private const int ShiftBits = 16;

    /// <summary>A term of an operand.</summary>
    public SumTerm(int id, int shift, bool negative)
        : this(((long)id << (ShiftBits + 1)) | ((long)shift << 1) | (negative ? 1L : 0))
    {
    }

    /// <summary>Number of the operand.</summary>
    public int Id => (int)(Code >> (ShiftBits + 1));

    /// <summary>Bits it is shifted left by.</summary>
    public int Shift => (int)(Code >> 1) & ((1 << ShiftBits) - 1);

    /// <summary>Subtracted.</summary>
    public bool Negative => (Code & 1) != 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Negative ? '-' : '+')}{Id}<<{Shift}");
}
