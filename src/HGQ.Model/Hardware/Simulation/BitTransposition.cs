using System;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// 64 integers ↔ the words of their bits. Several integers share a word of the matrix where they are narrow: the matrix is then
/// lower, and transposed for all of them at once.
/// </summary>
internal static class BitTransposition
{
    /// <summary>Words that integers of a width need: 8, 16, 32 or 64.</summary>
    public static int Height(int width) => width <= 8 ? 8 : width <= 16 ? 16 : width <= 32 ? 32 : 64;

    /// <summary>Integers → bits.</summary>
    /// <param name="codes">Integers.</param>
    /// <param name="first">Index of the first one.</param>
    /// <param name="stride">Distance from one to the next.</param>
    /// <param name="count">How many there are, 64 at most; 0 takes the place of the others.</param>
    /// <param name="width">Bits of them that are taken.</param>
    /// <param name="matrix">Receives a word for each bit.</param>
    public static void ToBits(long[] codes, long first, int stride, int count, int width, ulong[] matrix)
    {
        int height = Height(width);
        ulong mask = ulong.MaxValue >> (64 - height);
        Array.Clear(matrix, 0, height);
        for (int start = 0; start < count; start += height)
        {
            int end = Math.Min(height, count - start);
            for (var row = 0; row < end; row++, first += stride)
            {
                matrix[row] |= ((ulong)codes[first] & mask) << start;
            }
        }

        Transpose(matrix, height);
    }

    /// <summary>Bits → integers.</summary>
    /// <param name="matrix">A word for each bit; used up.</param>
    /// <param name="width">Number of bits, at least 1.</param>
    /// <param name="signed">Whether the highest is a sign.</param>
    /// <param name="results">Receives the integers.</param>
    /// <param name="first">Index of the first one.</param>
    /// <param name="stride">Distance from one to the next.</param>
    /// <param name="count">How many are wanted, 64 at most.</param>
    public static void ToIntegers(ulong[] matrix, int width, bool signed, long[] results, long first, int stride, int count)
    {
        int height = Height(width), unused = 64 - width;
        Array.Clear(matrix, width, height - width);
        Transpose(matrix, height);
        for (int start = 0; start < count; start += height)
        {
            int end = Math.Min(height, count - start);
            for (var row = 0; row < end; row++, first += stride)
            {
                ulong top = matrix[row] << (unused - start);
                results[first] = signed ? (long)top >> unused : (long)(top >> unused);
            }
        }
    }

    // Swaps the halves beside the diagonal of ever smaller squares.
    private static void Transpose(ulong[] matrix, int height)
    {
        ulong mask = ulong.MaxValue;
        for (int half = 32; half > 0; half >>= 1)
        {
            mask ^= mask << half;
            for (var row = half; row < height; row = (row + 1) | half)
            {
                ulong swapped = ((matrix[row - half] >> half) ^ matrix[row]) & mask;
                matrix[row] ^= swapped;
                matrix[row - half] ^= swapped << half;
            }
        }
    }
}
