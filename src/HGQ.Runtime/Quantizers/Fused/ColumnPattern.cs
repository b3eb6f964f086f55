using System;
using System.Numerics;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>
/// Per-column numbers repeated until they fill whole vectors, so that a matrix of any width is passed over as one flat array.
/// </summary>
internal static class ColumnPattern
{
    // Wide matrices are cut into vectors and a short rest instead.
    private const int Wide = 64;

    /// <summary>Length of the repeated pattern: a multiple of the columns.</summary>
    public static int Length<T>(int columns)
        where T : unmanaged
    {
        var lanes = Vector<T>.Count;
        return columns >= Wide ? columns : columns * (lanes / (int)BigInteger.GreatestCommonDivisor(columns, lanes));
    }

    /// <summary>Repeats the first <paramref name="columns"/> numbers over the whole array.</summary>
    public static void Repeat<T>(T[] pattern, int columns)
    {
        for (var e = columns; e < pattern.Length; e++)
        {
            pattern[e] = pattern[e - columns];
        }
    }

    /// <summary>Rows of the pattern that are worked on together: they stay in the first-level cache.</summary>
    public static int ChunkRows<T>(int length)
        where T : unmanaged => Math.Max(8, 2048 / length);
}
