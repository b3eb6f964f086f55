namespace HGQ.Model.Hardware.Sharing;

/// <summary>± operand · 2^shift in a sum.</summary>
/// <param name="Operand">A word of the layer's inputs, or a shared sum.</param>
/// <param name="Shift">Exponent of its weight.</param>
/// <param name="Negative">1 where it is subtracted.</param>
internal readonly record struct SharedTerm(int Operand, int Shift, int Negative)
{
    /// <summary>The term as one number that orders terms.</summary>
    public long Key => ((long)Operand << 16) | (long)((Shift + 256) << 1) | (long)Negative;

    /// <summary>The term of a key.</summary>
    public static SharedTerm Of(long key) => new((int)(key >> 16), (int)((key >> 1) & 0x7FFF) - 256, (int)(key & 1));
}

/// <summary>Where a part of a sum occurs: the row, and the shift and sign that bring the part there.</summary>
internal readonly record struct Occurrence(int Row, int Shift, int Negative, int[] Terms);

/// <summary>How parts are chosen.</summary>
/// <param name="BitValue">LUTs that a bit less in a row saves there.</param>
/// <param name="LeastGain">LUTs that a part must save.</param>
/// <param name="MostLevels">Levels that a part may be above the layer's inputs.</param>
/// <param name="Pairs">Pairs of terms that are grown at each step.</param>
/// <param name="Windows">Whether positions of chains add windows of bits.</param>
internal sealed record SharingOptions(double BitValue, double LeastGain, int MostLevels, int Pairs, bool Windows = true);
