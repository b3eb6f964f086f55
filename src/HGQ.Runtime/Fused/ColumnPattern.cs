using System;
using System.Linq;
using System.Numerics;

namespace HGQ.Runtime.Fused;

/// <summary>
/// Per-column numbers repeated until they fill whole vectors, so that a matrix of any width is passed over as one flat array.
/// </summary>
internal static class ColumnPattern
{
    // Wide matrices are cut into vectors instead, the last of which overlaps the one before it.
    private const int Wide = 64;

    /// <summary>Number of columns where widths are shared over leading dimensions only (or over all: then of elements in the last one), else 0.</summary>
    /// <param name="widths">Shape of the widths.</param>
    /// <param name="shape">Shape of the tensor.</param>
    public static int Count(long[] widths, long[] shape)
    {
        if (widths.Length != shape.Length || shape.Length == 0)
        {
            return 0;
        }

        var first = Array.FindIndex(widths, size => size != 1);
        if (first < 0)
        {
            return (int)shape[^1];
        }

        return widths.AsSpan(first).SequenceEqual(shape.AsSpan(first)) ? (int)widths.Aggregate((product, n) => product * n) : 0;
    }

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
