using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>
/// One pass over weights that each have a width of their own: clip the widths, round, and sum the significant bits of each row, so that
/// EBOPs cost nothing extra. The backward pass serves the weights' and the cost's gradient at once.
/// </summary>
internal static class KernelPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Ln2 = T.CreateChecked(Math.Log(2));

    public static void Forward(ReadOnlySpan<T> x, Span<T> widths, BitRange clip, bool down, Span<T> y, Span<T> rowBits)
    {
        var (low, high) = (T.CreateSaturating(clip.Min), T.CreateSaturating(clip.Max));
        var columns = x.Length / rowBits.Length;
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var width = ref MemoryMarshal.GetReference(widths);
        ref var target = ref MemoryMarshal.GetReference(y);
        for (var row = 0; row < rowBits.Length; row++)
        {
            var (e, end) = (row * columns, (row + 1) * columns);
            var bits = Vector<T>.Zero;
            for (; e + Vector<T>.Count <= end; e += Vector<T>.Count)
            {
                var f = Vector.ClampNative(Vector.LoadUnsafe(ref width, (nuint)e), new Vector<T>(low), new Vector<T>(high));
                f.StoreUnsafe(ref width, (nuint)e);
                var n = Exponents(f);
                var value = Vector.LoadUnsafe(ref source, (nuint)e);
                var q = Lanes<T>.Quantize(value, Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
                q.StoreUnsafe(ref target, (nuint)e);
                bits += Lanes<T>.BitLength(q * Lanes<T>.PowerOfTwo(n));
            }

            var total = Vector.Sum(bits);
            for (; e < end; e++)
            {
                var f = T.Clamp(widths[e], low, high);
                widths[e] = f;
                var n = Exponent(f);
                y[e] = Lanes<T>.Quantize(x[e], Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
                total += Lanes<T>.BitLength(y[e] * Lanes<T>.PowerOfTwo(n));
            }

            rowBits[row] = total;
        }
    }

    /// <summary>∂/∂width = ln2·(x − xq)·upstream + upstream of the row's bits where there is a bit.</summary>
    public static void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> widths, bool down, ReadOnlySpan<T> upstream, ReadOnlySpan<T> rowUpstream, Span<T> gradient)
    {
        var columns = x.Length / rowUpstream.Length;
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var width = ref MemoryMarshal.GetReference(widths);
        ref var arriving = ref MemoryMarshal.GetReference(upstream);
        ref var target = ref MemoryMarshal.GetReference(gradient);
        for (var row = 0; row < rowUpstream.Length; row++)
        {
            var (e, end) = (row * columns, (row + 1) * columns);
            var cost = new Vector<T>(rowUpstream[row]);
            for (; e + Vector<T>.Count <= end; e += Vector<T>.Count)
            {
                var n = Exponents(Vector.LoadUnsafe(ref width, (nuint)e));
                var value = Vector.LoadUnsafe(ref source, (nuint)e);
                var q = Lanes<T>.Quantize(value, Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
                var g = Vector.LoadUnsafe(ref arriving, (nuint)e) * ((value - q) * new Vector<T>(Ln2));
                (g + Vector.ConditionalSelect(Vector.Equals(q, Vector<T>.Zero), Vector<T>.Zero, cost)).StoreUnsafe(ref target, (nuint)e);
            }

            for (; e < end; e++)
            {
                var n = Exponent(widths[e]);
                var q = Lanes<T>.Quantize(x[e], Lanes<T>.PowerOfTwo(n), Lanes<T>.PowerOfTwo(-n), down);
                gradient[e] = (upstream[e] * ((x[e] - q) * Ln2)) + (q == T.Zero ? T.Zero : rowUpstream[row]);
            }
        }
    }

    /// <summary>Rounded half to even and held inside the normal range.</summary>
    public static T Exponent(T width) =>
        T.Clamp(T.Round(width, MidpointRounding.ToEven), -Lanes<T>.ExponentLimit, Lanes<T>.ExponentLimit);

    private static Vector<T> Exponents(Vector<T> widths) =>
        Vector.ClampNative(Lanes<T>.Round(widths), new Vector<T>(-Lanes<T>.ExponentLimit), new Vector<T>(Lanes<T>.ExponentLimit));
}
