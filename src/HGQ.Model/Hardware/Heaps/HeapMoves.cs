using System;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>What moves do to counts; <see cref="HeapBuilder"/> does the same to bits.</summary>
internal static class HeapMoves
{
    /// <summary>Does a move.</summary>
    public static void Apply(HeapMove move, HeapProblem problem, ref int level, byte[] heights, byte[] arriving, byte[] constants, byte[] plain)
    {
        int columns = problem.Columns;
        switch (move.Kind)
        {
            case HeapMoveKind.Advance:
                bool pending = level < problem.Arrivals.Length - 1;
                for (var column = 0; column < columns; column++)
                {
                    heights[column] += (byte)(arriving[column] + (pending ? problem.Arrivals[level + 1][column] : 0));
                    plain[column] += (byte)(arriving[column] + (pending ? problem.PlainArrivals[level + 1][column] : 0));
                    arriving[column] = 0;
                }

                level += pending ? 1 : 0;
                break;
            case HeapMoveKind.Adder:
                Add(move.Start.Column, columns, heights, arriving, constants, plain);
                break;
            case HeapMoveKind.Chain:
                Chain(move, columns, heights, arriving, constants, plain);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "There is no such move.");
        }
    }

    /// <summary>
    /// At the bottom of the dropped columns a lone bit carries nothing, nor does a lone constant; a bit and a constant carry the bit.
    /// </summary>
    public static void Simplify(int dropped, int columns, byte[] heights, byte[] arriving, byte[] future, byte[] constants, byte[] plain)
    {
        for (var column = 0; column < Math.Min(dropped, columns - 1); column++)
        {
            int bits = heights[column] + arriving[column];
            if (bits > 1 || future[column] > 0)
            {
                return;
            }

            if (bits == 1 && constants[column] == 1)
            {
                heights[column + 1] += heights[column];
                arriving[column + 1] += arriving[column];
                plain[column + 1] += plain[column];
            }

            heights[column] = arriving[column] = constants[column] = plain[column] = 0;
        }
    }

    private static void Add(int column, int columns, byte[] heights, byte[] arriving, byte[] constants, byte[] plain)
    {
        arriving[column]++;
        if (column == columns - 1)
        {
            Take(column, Math.Min(6, (int)heights[column]), heights, plain);
            constants[column] = 0;
            return;
        }

        var (bits, constant) = HeapWork.AdderTakes(heights[column], constants[column]);
        Take(column, bits, heights, plain);
        constants[column] -= (byte)constant;
        if (column == columns - 2)
        {
            Take(column + 1, Math.Min(5 - bits, (int)heights[column + 1]), heights, plain);
        }

        arriving[column + 1]++;
    }

    private static void Chain(HeapMove move, int columns, byte[] heights, byte[] arriving, byte[] constants, byte[] plain)
    {
        var start = move.Start;
        for (int column = start.Column - start.FreeColumns; column < start.Column; column++)
        {
            heights[column] = constants[column] = plain[column] = 0;
        }

        if (start.CarryIn == ChainCarryIn.Bit)
        {
            TakePlain(start.Column, heights, plain);
        }

        constants[start.Column] -= (byte)(start.CarryIn == ChainCarryIn.Constant ? 1 : 0);
        for (var n = 0; n < move.Steps.Length; n++)
        {
            int column = start.Column + n;
            if (move.Steps[n].NeedsPlain)
            {
                TakePlain(column, heights, plain);
            }

            Take(column, move.Steps[n].Bits - (move.Steps[n].NeedsPlain ? 1 : 0), heights, plain);
            constants[column] = move.Steps[n].Constant ? (byte)0 : constants[column];
            arriving[column]++;
        }

        int end = start.Column + move.Steps.Length;
        if (end < columns)
        {
            arriving[end]++;
        }
    }

    // Inverted ones first: plain ones can be more.
    private static void Take(int column, int count, byte[] heights, byte[] plain)
    {
        int inverted = heights[column] - plain[column];
        plain[column] -= (byte)Math.Max(0, count - inverted);
        heights[column] -= (byte)count;
    }

    private static void TakePlain(int column, byte[] heights, byte[] plain)
    {
        heights[column]--;
        plain[column]--;
    }
}
