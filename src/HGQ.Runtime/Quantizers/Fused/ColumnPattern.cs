using System;
using System.Numerics;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>
/// Per-column numbers repeated until they fill whole vectors, so that a matrix of any width is passed over as one flat array.
/// </summary>
internal static class ColumnPattern
{
    // Wide matrices are cut into vectors instead, the last of which overlaps the one before it.
    private const int Wide = 64;

    /// <summary>Length of the repeated pattern: a multiple of the columns, and of a vector's elements or longer than one.</summary>
    public static int Length<T>(int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Lanes<T>.Count;
        return columns >= Wide ? columns : columns * (lanes / (int)BigInteger.GreatestCommonDivisor(columns, lanes));
    }

    /// <summary>Repeats the first <paramref name="columns"/> numbers over the whole array.</summary>
    public static void Repeat<T>(Span<T> pattern, int columns)
    {
        for (var filled = columns; filled < pattern.Length; filled *= 2)
        {
            pattern[..Math.Min(filled, pattern.Length - filled)].CopyTo(pattern[filled..]);
        }
    }
}
