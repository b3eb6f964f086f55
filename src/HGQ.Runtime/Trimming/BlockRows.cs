using System;
using System.Numerics;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Trimming;

/// <summary>Rows in blocks, so that the columns that a change touches stay in the nearest cache; the last block is filled up with rows that don't count.</summary>
internal static class BlockRows
{
    /// <summary>Rows of a block.</summary>
    public const int Size = 1024;

    /// <summary>Number of blocks for some rows.</summary>
    public static int Blocks(int rows) => (rows + Size - 1) / Size;

    /// <summary>Rows of a block that count.</summary>
    public static int Valid(int rows, int block) => Math.Min(Size, rows - (block * Size));

    /// <summary>
    /// Puts row-major numbers into blocks of columns: [(block · columns + column) · <see cref="Size"/> + row]. The last block is filled up with copies of
    /// the first row, which change no range.
    /// </summary>
    public static T[] Columns<T>(ReadOnlySpan<float> numbers, int rows, int columns)
        where T : unmanaged, INumberBase<T>
    {
        var blocks = new T[(long)Blocks(rows) * columns * Size];
        for (int r = 0; r < Blocks(rows) * Size; r++)
        {
            int source = r < rows ? r : 0;
            long first = ((long)(r / Size) * columns * Size) + (r % Size);
            for (int c = 0; c < columns; c++)
            {
                blocks[first + ((long)c * Size)] = T.CreateTruncating(numbers[(source * columns) + c]);
            }
        }

        return blocks;
    }

    /// <summary>1 for rows that count, 0 for those that fill the last block up.</summary>
    public static T[] Weights<T>(int rows)
        where T : unmanaged, INumberBase<T>
    {
        var weights = new T[Blocks(rows) * Size];
        weights.AsSpan(0, rows).Fill(T.One);
        return weights;
    }

    /// <summary>Labels as numbers, filled up with 0.</summary>
    public static T[] Labels<T>(SampleSet samples)
        where T : unmanaged, INumberBase<T>
    {
        var labels = new T[Blocks(samples.Count) * Size];
        for (int r = 0; r < samples.Count; r++)
        {
            labels[r] = T.CreateTruncating(samples.Labels[r]);
        }

        return labels;
    }
}
