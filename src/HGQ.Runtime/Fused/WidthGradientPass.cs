using System;
using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Fused;

/// <summary>
/// Σ (x − xq)·(g·Wᵀ) per column, for the widths in front of a matrix product: the gradient g·Wᵀ of the input, which nothing else asks for, is made
/// tile by tile in registers and never written. Gradients that a relu has set to 0, and rows of a tile without any error, cost no multiplications.
/// </summary>
internal static class WidthGradientPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Sums of a few hundred terms are passed on to double precision.
    private const int Rows = 256;
    // A tile's weights for so many units stay in the first-level cache.
    private const int Units = 64;
    private const int Vectors = 7;

    /// <summary>Columns that are computed together, and the fewest there may be.</summary>
    public static int Tile => Vectors * Lanes<T>.Count;

    /// <summary>The sums.</summary>
    /// <param name="x">The values that were quantized, rows × columns.</param>
    /// <param name="quantized">What they became.</param>
    /// <param name="upstream">Gradient of the product, rows × units.</param>
    /// <param name="weights">Transposed: units × columns.</param>
    /// <param name="errors">One per column, zero at first.</param>
    public static void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> quantized, ReadOnlySpan<T> upstream, ReadOnlySpan<T> weights, Span<double> errors)
    {
        var columns = errors.Length;
        var units = weights.Length / columns;
        var factors = ArrayPool<T>.Shared.Rent(Rows * Units);
        var offsets = ArrayPool<int>.Shared.Rent(Rows * Units);
        Span<int> ends = stackalloc int[Rows];
        Span<T> sums = stackalloc T[Tile];
        for (var row = 0; row * columns < x.Length; row += Rows)
        {
            var rows = Math.Min(Rows, (x.Length / columns) - row);
            for (var unit = 0; unit < units; unit += Units)
            {
                Collect(upstream[(row * units)..], units, unit, columns, factors, offsets, ends[..rows]);
                for (var done = 0; done < columns; done += Tile)
                {
                    // The last tile overlaps the one before it; what that has summed counts no second time.
                    var start = Math.Min(done, columns - Tile);
                    SumTile(x[((row * columns) + start)..], quantized[((row * columns) + start)..], columns, weights[start..], factors, offsets, ends[..rows], sums);
                    for (var c = done - start; c < sums.Length; c++)
                    {
                        errors[start + c] += double.CreateTruncating(sums[c]);
                    }
                }
            }
        }

        ArrayPool<T>.Shared.Return(factors);
        ArrayPool<int>.Shared.Return(offsets);
    }

    // The gradients that are not 0, row behind row, and where their weights begin.
    private static void Collect(ReadOnlySpan<T> upstream, int units, int first, int columns, Span<T> factors, Span<int> offsets, Span<int> ends)
    {
        var (count, width) = (0, Math.Min(Units, units - first));
        for (var row = 0; row < ends.Length; row++)
        {
            var part = upstream.Slice((row * units) + first, width);
            for (var u = 0; u < part.Length; u++)
            {
                // Without a branch, which could not be predicted: the next one overwrites a zero.
                factors[count] = part[u];
                offsets[count] = (first + u) * columns;
                count += part[u] == T.Zero ? 0 : 1;
            }

            ends[row] = count;
        }
    }

    private static void SumTile(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> quantized,
        int columns,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> factors,
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<int> ends,
        Span<T> sums)
    {
        ref var exact = ref Lanes<T>.First(x);
        ref var rounded = ref Lanes<T>.First(quantized);
        ref var first = ref Lanes<T>.First(weights);
        ref var factor = ref Lanes<T>.First(factors);
        ref var offset = ref MemoryMarshal.GetReference(offsets);
        Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default;
        for (var (row, k, e) = (0, 0, 0); row < ends.Length; row++, e += columns)
        {
            var (d0, d1, d2, d3) = (Error(ref exact, ref rounded, e, 0), Error(ref exact, ref rounded, e, 1), Error(ref exact, ref rounded, e, 2), Error(ref exact, ref rounded, e, 3));
            var (d4, d5, d6) = (Error(ref exact, ref rounded, e, 4), Error(ref exact, ref rounded, e, 5), Error(ref exact, ref rounded, e, 6));
            var end = ends[row];
            if (Vector512.EqualsAll(d0 | d1 | d2 | d3 | d4 | d5 | d6, Vector512<T>.Zero))
            {
                k = end;
                continue;
            }

            Vector512<T> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default;
            for (; k < end; k++)
            {
                var g = Vector512.Create(Unsafe.Add(ref factor, k));
                ref var w = ref Unsafe.Add(ref first, Unsafe.Add(ref offset, k));
                a0 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, 0), a0);
                a1 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, Lanes<T>.Count), a1);
                a2 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, 2 * Lanes<T>.Count), a2);
                a3 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, 3 * Lanes<T>.Count), a3);
                a4 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, 4 * Lanes<T>.Count), a4);
                a5 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, 5 * Lanes<T>.Count), a5);
                a6 = Lanes<T>.MultiplyAdd(g, Lanes<T>.Load(ref w, 6 * Lanes<T>.Count), a6);
            }

            (s0, s1, s2, s3) = (s0 + (a0 * d0), s1 + (a1 * d1), s2 + (a2 * d2), s3 + (a3 * d3));
            (s4, s5, s6) = (s4 + (a4 * d4), s5 + (a5 * d5), s6 + (a6 * d6));
        }

        ref var target = ref Lanes<T>.First(sums);
        s0.StoreUnsafe(ref target);
        s1.StoreUnsafe(ref target, (nuint)Lanes<T>.Count);
        s2.StoreUnsafe(ref target, (nuint)(2 * Lanes<T>.Count));
        s3.StoreUnsafe(ref target, (nuint)(3 * Lanes<T>.Count));
        s4.StoreUnsafe(ref target, (nuint)(4 * Lanes<T>.Count));
        s5.StoreUnsafe(ref target, (nuint)(5 * Lanes<T>.Count));
        s6.StoreUnsafe(ref target, (nuint)(6 * Lanes<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Error(ref T exact, ref T rounded, int element, int vector) =>
        Lanes<T>.Load(ref exact, element + (vector * Lanes<T>.Count)) - Lanes<T>.Load(ref rounded, element + (vector * Lanes<T>.Count));
}
