using System.Linq;

namespace HGQ.Model.Hardware.Streams;

/// <summary>
/// The positions of a line as rows and columns, so that two small counters and tables say what happens at each: a position comes
/// (ends a window) where its row and its column do.
/// </summary>
/// <param name="RowComes">Per row: whether positions come in it.</param>
/// <param name="ColumnComes">Per column: whether a position comes there.</param>
/// <param name="RowEnds">Per row: whether windows end in it.</param>
/// <param name="ColumnEnds">Per column: whether windows end there.</param>
public sealed record PositionGrid(
    EquatableArray<bool> RowComes, EquatableArray<bool> ColumnComes, EquatableArray<bool> RowEnds, EquatableArray<bool> ColumnEnds)
{
    /// <summary>Rows; 1 where positions have no rows.</summary>
    public int Rows => RowComes.Length;

    /// <summary>Positions of a row.</summary>
    public int Columns => ColumnComes.Length;

    /// <summary>Register bits of the counters.</summary>
    public int CounterBits => Bits(Rows) + Bits(Columns);

    /// <summary>Bits that count so many states.</summary>
    public static int Bits(int states)
    {
        var bits = 0;
        while (1 << bits < states)
        {
            bits++;
        }

        return bits;
    }

    /// <summary>The grid with the smallest tables; one row where there is no other.</summary>
    public static PositionGrid Of(PositionLine line)
    {
        int count = line.Comes.Length;
        var columns = Enumerable.Range(1, count).Where(width => count % width == 0).OrderBy(width => width + (count / width))
            .ThenBy(width => width);
        return columns.Select(width => TryOf(line, width)).First(grid => grid is not null)!;
    }

    private static PositionGrid? TryOf(PositionLine line, int width)
    {
        var (rowComes, columnComes) = Split(line.Comes, width);
        var (rowEnds, columnEnds) = Split(line.Ends, width);
        return rowComes is null || rowEnds is null ? null : new PositionGrid(rowComes, columnComes, rowEnds, columnEnds);
    }

    private static (bool[]? Rows, bool[] Columns) Split(EquatableArray<bool> values, int width)
    {
        bool[] rows = new bool[values.Length / width], columns = new bool[width];
        for (var n = 0; n < values.Length; n++)
        {
            rows[n / width] |= values[n];
            columns[n % width] |= values[n];
        }

        for (var n = 0; n < values.Length; n++)
        {
            if (values[n] != (rows[n / width] && columns[n % width]))
            {
                return (null, columns);
            }
        }

        return (rows, columns);
    }
}
