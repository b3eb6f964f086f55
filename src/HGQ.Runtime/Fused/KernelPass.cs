using System;
using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Fused;

/// <summary>
/// One pass over weights that each have a width of their own: clip the widths, round, and sum the significant bits of each row and the widths, so
/// that EBOPs and a penalty cost nothing extra. The backward pass serves the weights', the cost's and the penalty's gradient at once.
/// </summary>
internal static class KernelPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Bits and costs of so many weights wait in the first-level cache for the sum over their row.
    private const int Block = 2048;

    private static T Ln2 => T.CreateTruncating(0.69314718055994530942);

    /// <summary>Writes the clipped widths, the quantized weights and the bits of each row; returns the sum of the widths.</summary>
    public static double Forward(ReadOnlySpan<T> x, Span<T> widths, (double Min, double Max) clip, bool down, Span<T> y, Span<T> rowBits)
    {
        var columns = x.Length / rowBits.Length;
        var rows = Math.Clamp(Block / columns, 1, rowBits.Length);
        var scratch = ArrayPool<T>.Shared.Rent(rows * columns);
        var total = 0.0;
        for (var row = 0; row < rowBits.Length; row += rows)
        {
            rows = Math.Min(rows, rowBits.Length - row);
            var (start, size) = (row * columns, rows * columns);
            var bits = scratch.AsSpan(0, size);
            Quantize(x.Slice(start, size), widths.Slice(start, size), clip, down, y.Slice(start, size), bits);
            total += double.CreateTruncating(Sum(widths.Slice(start, size)));
            for (var r = 0; r < rows; r++)
            {
                rowBits[row + r] = Sum(bits.Slice(r * columns, columns));
            }
        }

        ArrayPool<T>.Shared.Return(scratch);
        return total;
    }

    /// <summary>∂/∂width = ln2·(x − xq)·upstream + upstream of the row's bits where there is a bit + upstream of the widths' sum.</summary>
    public static void Backward(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> widths,
        bool down,
        ReadOnlySpan<T> upstream,
        ReadOnlySpan<T> rowUpstream,
        T sumUpstream,
        Span<T> gradient)
    {
        var columns = x.Length / rowUpstream.Length;
        var rows = Math.Clamp(Block / columns, 1, rowUpstream.Length);
        var scratch = ArrayPool<T>.Shared.Rent(rows * columns);
        for (var row = 0; row < rowUpstream.Length; row += rows)
        {
            rows = Math.Min(rows, rowUpstream.Length - row);
            var (start, size) = (row * columns, rows * columns);
            var costs = scratch.AsSpan(0, size);
            for (var r = 0; r < rows; r++)
            {
                costs.Slice(r * columns, columns).Fill(rowUpstream[row + r]);
            }

            Differentiate(
                x.Slice(start, size), widths.Slice(start, size), down, upstream.Slice(start, size), costs, sumUpstream, gradient.Slice(start, size));
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void Quantize(ReadOnlySpan<T> x, Span<T> widths, (double Min, double Max) clip, bool down, Span<T> y, Span<T> bits)
    {
        var (low, high) = (T.CreateSaturating(clip.Min), T.CreateSaturating(clip.Max));
        ref var source = ref Lanes<T>.First(x);
        ref var width = ref Lanes<T>.First(widths);
        ref var target = ref Lanes<T>.First(y);
        ref var count = ref Lanes<T>.First(bits);
        var last = x.Length - Lanes<T>.Count;
        // The last vector overlaps the one before it: every element depends on itself alone.
        for (var e = 0; last >= 0; e = Math.Min(e + Lanes<T>.Count, last))
        {
            var f = Vector512.ClampNative(Lanes<T>.Load(ref width, e), Vector512.Create(low), Vector512.Create(high));
            f.StoreUnsafe(ref width, (nuint)e);
            var n = Lanes<T>.Exponent(f);
            var (scale, step) = (Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n));
            var q = Lanes<T>.Quantize(Lanes<T>.Load(ref source, e), scale, step, down);
            q.StoreUnsafe(ref target, (nuint)e);
            Lanes<T>.BitLength(q * scale).StoreUnsafe(ref count, (nuint)e);
            if (e == last)
            {
                return;
            }
        }

        for (var e = 0; e < x.Length; e++)
        {
            widths[e] = T.Clamp(widths[e], low, high);
            var n = Lanes<T>.Exponent(widths[e]);
            y[e] = Lanes<T>.Quantize(x[e], Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
            bits[e] = Lanes<T>.BitLength(y[e] * Lanes<T>.PowerOfTwo(n));
        }
    }

    private static void Differentiate(
        ReadOnlySpan<T> x, ReadOnlySpan<T> widths, bool down, ReadOnlySpan<T> upstream, ReadOnlySpan<T> costs, T constant, Span<T> gradient)
    {
        ref var source = ref Lanes<T>.First(x);
        ref var width = ref Lanes<T>.First(widths);
        ref var arriving = ref Lanes<T>.First(upstream);
        ref var cost = ref Lanes<T>.First(costs);
        ref var target = ref Lanes<T>.First(gradient);
        var last = x.Length - Lanes<T>.Count;
        for (var e = 0; last >= 0; e = Math.Min(e + Lanes<T>.Count, last))
        {
            var n = Lanes<T>.Exponent(Lanes<T>.Load(ref width, e));
            var value = Lanes<T>.Load(ref source, e);
            var q = Lanes<T>.Quantize(value, Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
            var g = Lanes<T>.Load(ref arriving, e) * ((value - q) * Vector512.Create(Ln2));
            var bit = Vector512.ConditionalSelect(Vector512.Equals(q, Vector512<T>.Zero), Vector512<T>.Zero, Lanes<T>.Load(ref cost, e));
            (g + bit + Vector512.Create(constant)).StoreUnsafe(ref target, (nuint)e);
            if (e == last)
            {
                return;
            }
        }

        for (var e = 0; e < x.Length; e++)
        {
            var n = Lanes<T>.Exponent(widths[e]);
            var q = Lanes<T>.Quantize(x[e], Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
            gradient[e] = (upstream[e] * ((x[e] - q) * Ln2)) + (q == T.Zero ? T.Zero : costs[e]) + constant;
        }
    }

    private static T Sum(ReadOnlySpan<T> values)
    {
        ref var first = ref Lanes<T>.First(values);
        var (sum, e) = (Vector512<T>.Zero, 0);
        for (; e + Lanes<T>.Count <= values.Length; e += Lanes<T>.Count)
        {
            sum += Lanes<T>.Load(ref first, e);
        }

        var total = Vector512.Sum(sum);
        for (; e < values.Length; e++)
        {
            total += values[e];
        }

        return total;
    }
}
