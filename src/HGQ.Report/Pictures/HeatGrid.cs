using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;

namespace HGQ.Report.Pictures;

/// <summary>Widths in rows and columns, as they are shown.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Bits">Bits by [row · columns + column]; <see cref="NoCell"/> where nothing is.</param>
/// <param name="Meaning">What rows and columns are.</param>
internal sealed record HeatGrid(int Rows, int Columns, IReadOnlyList<int> Bits, string Meaning)
{
    /// <summary>What fills the last row.</summary>
    public const int NoCell = -1;

    private const int LongestRow = 64;

    // A picture of more cells would make a page of megabytes that no screen shows.
    private const int MostCells = 1 << 16;

    /// <summary>The weights of a layer, the longer side across.</summary>
    public static HeatGrid Of(LayerWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Columns >= weights.Rows)
        {
            return new HeatGrid(weights.Rows, weights.Columns, weights.Bits, "across: outputs, down: what they read");
        }

        int[] turned = [.. Enumerable.Range(0, weights.Bits.Length)
            .Select(n => weights.Bits[(n % weights.Rows * weights.Columns) + (n / weights.Rows)])];
        return new HeatGrid(weights.Columns, weights.Rows, turned, "across: what outputs read, down: outputs");
    }

    /// <summary>The elements of a layer's output: a row, a table, or channels side by side.</summary>
    public static HeatGrid Of(TensorShape shape, IReadOnlyList<int> bits)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int[] sizes = [.. shape.Dimensions.SkipLast(shape.Rank > 1 && shape.Channels == 1 ? 1 : 0)];
        if (sizes.Length < 2)
        {
            return Wrapped(bits);
        }

        if (sizes.Length == 2)
        {
            return new HeatGrid(sizes[0], sizes[1], bits, "across: last axis, down: first axis");
        }

        // Channels last become channels first, so that each one is a picture.
        int rows = sizes[0], channels = sizes[^1], across = bits.Count / rows / channels;
        int[] tiled = [.. from row in Enumerable.Range(0, rows)
                          from channel in Enumerable.Range(0, channels)
                          from column in Enumerable.Range(0, across)
                          select bits[(((row * across) + column) * channels) + channel]];
        return new HeatGrid(rows, across * channels, tiled, FormattableString.Invariant($"{channels} channels side by side"));
    }

    /// <summary>The same with few enough cells: squares of cells become one, whose width is their mean, rounded up.</summary>
    public HeatGrid Reduced()
    {
        int side = 1;
        while ((long)Cut(Rows, side) * Cut(Columns, side) > MostCells)
        {
            side++;
        }

        if (side == 1)
        {
            return this;
        }

        int rows = Cut(Rows, side), columns = Cut(Columns, side);
        var bits = new int[rows * columns];
        for (int n = 0; n < bits.Length; n++)
        {
            bits[n] = Mean(n / columns * side, n % columns * side, side);
        }

        string note = FormattableString.Invariant($"{Meaning}; a cell is the mean of {side} × {side}, rounded up");
        return new HeatGrid(rows, columns, bits, note);
    }

    // A long row would be thin.
    private static HeatGrid Wrapped(IReadOnlyList<int> bits)
    {
        if (bits.Count <= LongestRow)
        {
            return new HeatGrid(1, bits.Count, bits, "across: elements");
        }

        int rows = Cut(bits.Count, LongestRow);
        int[] cells = [.. bits, .. Enumerable.Repeat(NoCell, (rows * LongestRow) - bits.Count)];
        return new HeatGrid(rows, LongestRow, cells, FormattableString.Invariant($"elements, {LongestRow} a row"));
    }

    private static int Cut(int size, int side) => ((size - 1) / side) + 1;

    private int Mean(int row, int column, int side)
    {
        int sum = 0, count = 0;
        for (int r = row; r < Math.Min(Rows, row + side); r++)
        {
            for (int c = column; c < Math.Min(Columns, column + side); c++)
            {
                int bits = Bits[(r * Columns) + c];
                sum += Math.Max(0, bits);
                count += bits == NoCell ? 0 : 1;
            }
        }

        return count == 0 ? NoCell : (sum + count - 1) / count;
    }
}
