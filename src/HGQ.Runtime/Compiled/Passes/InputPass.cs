using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// Quantizes samples where they lie, in any order of rows: a few rows at a time, column after column, because samples come from main memory
/// and want to be read as they are stored.
/// </summary>
internal static unsafe class InputPass<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    /// <summary>Rows that share one load of the columns' numbers.</summary>
    public const int RowsTogether = 4;

    /// <summary>Writes quantized samples and what rounding took away, and records the range.</summary>
    /// <param name="features">Samples, row by row.</param>
    /// <param name="size">Features of a sample.</param>
    /// <param name="rows">The rows that are wanted.</param>
    /// <param name="columns">Columns of the results, whole vectors.</param>
    /// <param name="quantized">Quantized samples.</param>
    /// <param name="error">Sample minus quantized sample.</param>
    /// <param name="numbers">Numbers of the columns.</param>
    /// <param name="down">Rounds down in place of half up.</param>
    /// <param name="scratch">Room for <see cref="RowsTogether"/> rows of the results, 0 in the padding.</param>
    public static void Forward(
        float* features, int size, ReadOnlySpan<int> rows, int columns, T* quantized, T* error, ColumnNumbers<T> numbers, bool down,
            T* scratch)
    {
        T** sources = stackalloc T*[RowsTogether];
        for (int first = 0; first < rows.Length; first += RowsTogether)
        {
            int together = Math.Min(RowsTogether, rows.Length - first);
            for (int r = 0; r < RowsTogether; r++)
            {
                // A short last block repeats its first row, whose results are written again.
                int row = rows[first + (r < together ? r : 0)];
                sources[r] = Source(features + ((nint)row * size), size, columns, scratch + (r * columns));
            }

            nint start = (nint)first * columns;
            if (down)
            {
                Block(sources, together, columns, quantized + start, error + start, numbers, down: true);
            }
            else
            {
                Block(sources, together, columns, quantized + start, error + start, numbers, down: false);
            }
        }
    }

    private static T* Source(float* features, int size, int columns, T* scratch)
    {
        if (typeof(T) == typeof(float) && size == columns)
        {
            return (T*)features;
        }

        for (int c = 0; c < size; c++)
        {
            scratch[c] = T.CreateTruncating(features[c]);
        }

        return scratch;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(T** sources, int together, int columns, T* quantized, T* error, ColumnNumbers<T> numbers, bool down)
    {
        T* s0 = sources[0], s1 = sources[1], s2 = sources[2], s3 = sources[3];
        int one = together > 1 ? columns : 0, two = together > 2 ? 2 * columns : 0, three = together > 3 ? 3 * columns : 0;
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector scale = TLanes.Load(numbers.Scale + c), step = TLanes.Load(numbers.Step + c);
            TVector x0 = TLanes.Load(s0 + c), x1 = TLanes.Load(s1 + c), x2 = TLanes.Load(s2 + c), x3 = TLanes.Load(s3 + c);
            TVector q0 = ColumnPass<T, TVector, TLanes>.Quantize(x0, scale, step, down), q1 = ColumnPass<T, TVector,
                TLanes>.Quantize(x1, scale, step, down);
            TVector q2 = ColumnPass<T, TVector, TLanes>.Quantize(x2, scale, step, down), q3 = ColumnPass<T, TVector,
                TLanes>.Quantize(x3, scale, step, down);
            TVector low = TLanes.Min(TLanes.Min(q0, q1), TLanes.Min(q2, q3)), high = TLanes.Max(TLanes.Max(q0, q1), TLanes.Max(q2, q3));
            TLanes.Store(TLanes.Min(low, TLanes.Load(numbers.Low + c)), numbers.Low + c);
            TLanes.Store(TLanes.Max(high, TLanes.Load(numbers.High + c)), numbers.High + c);
            TLanes.Store(q3, quantized + three + c);
            TLanes.Store(q2, quantized + two + c);
            TLanes.Store(q1, quantized + one + c);
            TLanes.Store(q0, quantized + c);
            TLanes.Store(TLanes.Subtract(x3, q3), error + three + c);
            TLanes.Store(TLanes.Subtract(x2, q2), error + two + c);
            TLanes.Store(TLanes.Subtract(x1, q1), error + one + c);
            TLanes.Store(TLanes.Subtract(x0, q0), error + c);
        }
    }
}
