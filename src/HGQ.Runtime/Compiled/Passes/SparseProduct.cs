using System;
using System.Numerics;

namespace HGQ.Runtime.Compiled;

/// <summary>Room for the gradients of a few rows that are not 0, unit by unit.</summary>
internal sealed unsafe class SparseScratch<T>(int units, AlignedMemory memory)
    where T : unmanaged
{
    /// <summary>Rows that are gathered at a time.</summary>
    public const int Rows = 32;

    /// <summary>The gradients.</summary>
    public T* Factors { get; } = memory.Allocate<T>(units * Rows);

    /// <summary>The rows they are of.</summary>
    public int* Places { get; } = memory.Allocate<int>(units * Rows);

    /// <summary>How many there are of each unit.</summary>
    public int* Counts { get; } = memory.Allocate<int>(units);
}

/// <summary>
/// The gradient of the weights that samples are multiplied by, and of their widths: gradientᵀ·x and gradientᵀ·error at once, a row a unit.
/// What a relu has set to 0, about half of the gradient, costs no multiplications; so this beats the dense product where samples have many
/// features.
/// </summary>
internal static unsafe class SparseProduct<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private const int Vectors = 6;

    /// <summary>Fewest columns that are worth it.</summary>
    public static int LeastColumns => Vectors * TLanes.Count;

    /// <summary>Adds the products of a block of rows.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="units">Columns of the gradient that count.</param>
    /// <param name="stride">From a row of the gradient to the next.</param>
    /// <param name="gradient">The gradient of the outputs.</param>
    /// <param name="columns">Columns of the other matrices, whole vectors.</param>
    /// <param name="x">Quantized samples.</param>
    /// <param name="error">What rounding took away from them.</param>
    /// <param name="slopes">Σ gradient·x, units × columns.</param>
    /// <param name="errors">Σ gradient·error, units × columns.</param>
    /// <param name="scratch">Room.</param>
    public static void Add(
        int rows, int units, int stride, T* gradient, int columns, T* x, T* error, T* slopes, T* errors, SparseScratch<T> scratch)
    {
        for (int first = 0; first < rows; first += SparseScratch<T>.Rows)
        {
            int count = Math.Min(SparseScratch<T>.Rows, rows - first);
            Collect(count, units, stride, gradient + ((nint)first * stride), columns, scratch);
            T* values = x + ((nint)first * columns), rests = error + ((nint)first * columns);
            int c = 0;
            for (; c + LeastColumns <= columns; c += LeastColumns)
            {
                AddTile(units, columns, values + c, rests + c, slopes + c, errors + c, scratch);
            }

            for (; c < columns; c += TLanes.Count)
            {
                AddColumn(units, columns, values + c, rests + c, slopes + c, errors + c, scratch);
            }
        }
    }

    private static void Collect(int rows, int units, int stride, T* gradient, int columns, SparseScratch<T> scratch)
    {
        for (int u = 0; u < units; u++)
        {
            T* factors = scratch.Factors + (u * SparseScratch<T>.Rows);
            int* places = scratch.Places + (u * SparseScratch<T>.Rows);
            int count = 0;
            for (int r = 0; r < rows; r++)
            {
                // Without a branch, which could not be predicted: the next one overwrites a zero.
                T slope = gradient[(r * stride) + u];
                factors[count] = slope;
                places[count] = r * columns;
                count += slope == T.Zero ? 0 : 1;
            }

            scratch.Counts[u] = count;
        }
    }

    private static void AddTile(int units, int columns, T* x, T* error, T* slopes, T* errors, SparseScratch<T> scratch)
    {
        int n = TLanes.Count;
        for (int u = 0; u < units; u++, slopes += columns, errors += columns)
        {
            TVector s0 = TLanes.Load(slopes), s1 = TLanes.Load(slopes + n), s2 = TLanes.Load(slopes + (2 * n));
            TVector s3 = TLanes.Load(slopes + (3 * n)), s4 = TLanes.Load(slopes + (4 * n)), s5 = TLanes.Load(slopes + (5 * n));
            TVector e0 = TLanes.Load(errors), e1 = TLanes.Load(errors + n), e2 = TLanes.Load(errors + (2 * n));
            TVector e3 = TLanes.Load(errors + (3 * n)), e4 = TLanes.Load(errors + (4 * n)), e5 = TLanes.Load(errors + (5 * n));
            T* factors = scratch.Factors + (u * SparseScratch<T>.Rows);
            int* places = scratch.Places + (u * SparseScratch<T>.Rows);
            int count = scratch.Counts[u];
            for (int k = 0; k < count; k++)
            {
                TVector f = TLanes.Create(factors[k]);
                T* p = x + places[k], q = error + places[k];
                (s0, s1) = (TLanes.MultiplyAdd(f, TLanes.Load(p), s0), TLanes.MultiplyAdd(f, TLanes.Load(p + n), s1));
                (s2, s3) = (TLanes.MultiplyAdd(f, TLanes.Load(p + (2 * n)), s2), TLanes.MultiplyAdd(f, TLanes.Load(p + (3 * n)), s3));
                (s4, s5) = (TLanes.MultiplyAdd(f, TLanes.Load(p + (4 * n)), s4), TLanes.MultiplyAdd(f, TLanes.Load(p + (5 * n)), s5));
                (e0, e1) = (TLanes.MultiplyAdd(f, TLanes.Load(q), e0), TLanes.MultiplyAdd(f, TLanes.Load(q + n), e1));
                (e2, e3) = (TLanes.MultiplyAdd(f, TLanes.Load(q + (2 * n)), e2), TLanes.MultiplyAdd(f, TLanes.Load(q + (3 * n)), e3));
                (e4, e5) = (TLanes.MultiplyAdd(f, TLanes.Load(q + (4 * n)), e4), TLanes.MultiplyAdd(f, TLanes.Load(q + (5 * n)), e5));
            }

            Store(slopes, s0, s1, s2, s3, s4, s5);
            Store(errors, e0, e1, e2, e3, e4, e5);
        }
    }

    private static void AddColumn(int units, int columns, T* x, T* error, T* slopes, T* errors, SparseScratch<T> scratch)
    {
        for (int u = 0; u < units; u++, slopes += columns, errors += columns)
        {
            TVector slope = TLanes.Load(slopes), rest = TLanes.Load(errors);
            T* factors = scratch.Factors + (u * SparseScratch<T>.Rows);
            int* places = scratch.Places + (u * SparseScratch<T>.Rows);
            int count = scratch.Counts[u];
            for (int k = 0; k < count; k++)
            {
                TVector f = TLanes.Create(factors[k]);
                slope = TLanes.MultiplyAdd(f, TLanes.Load(x + places[k]), slope);
                rest = TLanes.MultiplyAdd(f, TLanes.Load(error + places[k]), rest);
            }

            TLanes.Store(slope, slopes);
            TLanes.Store(rest, errors);
        }
    }

    private static void Store(T* target, TVector v0, TVector v1, TVector v2, TVector v3, TVector v4, TVector v5)
    {
        int n = TLanes.Count;
        TLanes.Store(v0, target);
        TLanes.Store(v1, target + n);
        TLanes.Store(v2, target + (2 * n));
        TLanes.Store(v3, target + (3 * n));
        TLanes.Store(v4, target + (4 * n));
        TLanes.Store(v5, target + (5 * n));
    }
}
