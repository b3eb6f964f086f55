using System;
using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Fused;

/// <summary>
/// One pass over a matrix whose columns have widths of their own: bias, scale, round, scale back, range, relu. The backward pass
/// computes the rounding again instead of keeping it.
/// </summary>
internal sealed class ActivationPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Sums of a few hundred terms are passed on to double precision.
    private const int RowsInShortSum = 256;
    // Rows that share one load of the columns' numbers.
    private const int RowsTogether = 4;
    private readonly int _columns;
    private readonly bool _down;
    private readonly bool _relu;
    private readonly T[] _scale;
    private readonly T[] _step;
    private readonly T[] _bias;

    /// <summary>Prepares the patterns.</summary>
    /// <param name="exponents">Fraction bits per column, rounded and inside the normal range.</param>
    /// <param name="bias">Quantized bias per column, or empty.</param>
    /// <param name="down">Rounds down in place of half up.</param>
    /// <param name="relu">Ends with max(·, 0).</param>
    public ActivationPass(ReadOnlySpan<T> exponents, ReadOnlySpan<T> bias, bool down, bool relu)
    {
        _columns = exponents.Length;
        _down = down;
        _relu = relu;
        var length = ColumnPattern.Length<T>(_columns);
        (_scale, _step, _bias) = (new T[length], new T[length], new T[length]);
        for (var c = 0; c < _columns; c++)
        {
            _scale[c] = Lanes<T>.PowerOfTwo(exponents[c]);
            _step[c] = Lanes<T>.PowerOfTwo(-exponents[c]);
        }

        bias.CopyTo(_bias);
        ColumnPattern.Repeat<T>(_scale, _columns);
        ColumnPattern.Repeat<T>(_step, _columns);
        ColumnPattern.Repeat<T>(_bias, _columns);
    }

    /// <summary>Writes the quantized values and, per column, their range in front of the relu.</summary>
    public void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> min, Span<T> max)
    {
        var length = _scale.Length;
        var scratch = ArrayPool<T>.Shared.Rent(2 * length);
        var low = scratch.AsSpan(0, length);
        var high = scratch.AsSpan(length, length);
        low.Fill(T.PositiveInfinity);
        high.Fill(T.NegativeInfinity);
        var e = 0;
        for (; e + (RowsTogether * length) <= x.Length; e += RowsTogether * length)
        {
            ForwardRows(x.Slice(e, RowsTogether * length), y.Slice(e, RowsTogether * length), low, high, RowsTogether);
        }

        for (; e + length <= x.Length; e += length)
        {
            ForwardRows(x.Slice(e, length), y.Slice(e, length), low, high, 1);
        }

        for (var j = 0; e < x.Length; e++, j++)
        {
            var q = Lanes<T>.Quantize(x[e] + _bias[j], _scale[j], _step[j], _down);
            low[j] = q < low[j] ? q : low[j];
            high[j] = q > high[j] ? q : high[j];
            y[e] = _relu && q <= T.Zero ? T.Zero : q;
        }

        Fold(low, min, static (a, b) => b < a ? b : a);
        Fold(high, max, static (a, b) => b > a ? b : a);
        ArrayPool<T>.Shared.Return(scratch);
    }

    /// <summary>
    /// Adds, per column, Σ g·(x − xq) and Σ g, where g is the gradient behind the relu taken back through it, and writes g.
    /// </summary>
    /// <param name="x">The values that were quantized, without the bias.</param>
    /// <param name="upstream">Gradient of the results.</param>
    /// <param name="gradient">Where g goes; empty if nobody wants it. May be where <paramref name="upstream"/> is.</param>
    /// <param name="errors">Σ g·(x − xq) per column.</param>
    /// <param name="sums">Σ g per column.</param>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> upstream, Span<T> gradient, Span<double> errors, Span<double> sums)
    {
        var length = _scale.Length;
        var scratch = ArrayPool<T>.Shared.Rent(2 * length);
        var error = scratch.AsSpan(0, length);
        var sum = scratch.AsSpan(length, length);
        error.Clear();
        sum.Clear();
        var (e, rows) = (0, 0);
        while (e + length <= x.Length)
        {
            var together = e + (RowsTogether * length) <= x.Length ? RowsTogether : 1;
            var target = gradient.IsEmpty ? gradient : gradient.Slice(e, together * length);
            BackwardRows(x.Slice(e, together * length), upstream.Slice(e, together * length), target, error, sum, together);
            e += together * length;
            rows += together;
            if (rows >= RowsInShortSum)
            {
                Flush(error, errors);
                Flush(sum, sums);
                rows = 0;
            }
        }

        for (var j = 0; e < x.Length; e++, j++)
        {
            var value = x[e] + _bias[j];
            var q = Lanes<T>.Quantize(value, _scale[j], _step[j], _down);
            var g = _relu && !(q > T.Zero) ? T.Zero : upstream[e];
            error[j] += g * (value - q);
            sum[j] += g;
            if (!gradient.IsEmpty)
            {
                gradient[e] = g;
            }
        }

        Flush(error, errors);
        Flush(sum, sums);
        ArrayPool<T>.Shared.Return(scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ForwardRows(ReadOnlySpan<T> x, Span<T> y, Span<T> min, Span<T> max, int rows)
    {
        var (length, relu, down) = (_scale.Length, _relu, _down);
        ref var source = ref Lanes<T>.First(x);
        ref var target = ref Lanes<T>.First(y);
        ref var scales = ref Lanes<T>.First(_scale);
        ref var steps = ref Lanes<T>.First(_step);
        ref var biases = ref Lanes<T>.First(_bias);
        ref var lows = ref Lanes<T>.First(min);
        ref var highs = ref Lanes<T>.First(max);
        var last = length - Lanes<T>.Count;
        var j = 0;
        while (true)
        {
            var (scale, step, bias) = (Lanes<T>.Load(ref scales, j), Lanes<T>.Load(ref steps, j), Lanes<T>.Load(ref biases, j));
            var (low, high) = (Lanes<T>.Load(ref lows, j), Lanes<T>.Load(ref highs, j));
            for (var (r, e) = (0, j); r < rows; r++, e += length)
            {
                var q = Lanes<T>.Quantize(Lanes<T>.Load(ref source, e) + bias, scale, step, down);
                low = Vector512.MinNative(low, q);
                high = Vector512.MaxNative(high, q);
                (relu ? Lanes<T>.Relu(q) : q).StoreUnsafe(ref target, (nuint)e);
            }

            low.StoreUnsafe(ref lows, (nuint)j);
            high.StoreUnsafe(ref highs, (nuint)j);
            if (j == last)
            {
                return;
            }

            // The last vector overlaps the one before it, which changes neither ranges nor results.
            j = Math.Min(j + Lanes<T>.Count, last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BackwardRows(ReadOnlySpan<T> x, ReadOnlySpan<T> upstream, Span<T> gradient, Span<T> error, Span<T> sum, int rows)
    {
        var (length, relu, down, write) = (_scale.Length, _relu, _down, !gradient.IsEmpty);
        ref var source = ref Lanes<T>.First(x);
        ref var arriving = ref Lanes<T>.First(upstream);
        ref var target = ref Lanes<T>.First(gradient);
        ref var scales = ref Lanes<T>.First(_scale);
        ref var steps = ref Lanes<T>.First(_step);
        ref var biases = ref Lanes<T>.First(_bias);
        ref var totals = ref Lanes<T>.First(error);
        ref var plain = ref Lanes<T>.First(sum);
        var last = length - Lanes<T>.Count;
        var fresh = Vector512<T>.AllBitsSet;
        var j = 0;
        while (true)
        {
            var (scale, step, bias) = (Lanes<T>.Load(ref scales, j), Lanes<T>.Load(ref steps, j), Lanes<T>.Load(ref biases, j));
            var (errors, sums) = (Lanes<T>.Load(ref totals, j), Lanes<T>.Load(ref plain, j));
            for (var (r, e) = (0, j); r < rows; r++, e += length)
            {
                var value = Lanes<T>.Load(ref source, e) + bias;
                var q = Lanes<T>.Quantize(value, scale, step, down);
                var g = Lanes<T>.Load(ref arriving, e);
                g = relu ? Vector512.ConditionalSelect(Vector512.GreaterThan(q, Vector512<T>.Zero), g, Vector512<T>.Zero) : g;
                if (write)
                {
                    g.StoreUnsafe(ref target, (nuint)e);
                }

                g &= fresh;
                errors += g * (value - q);
                sums += g;
            }

            errors.StoreUnsafe(ref totals, (nuint)j);
            sums.StoreUnsafe(ref plain, (nuint)j);
            if (j == last)
            {
                return;
            }

            // The last vector overlaps the one before it; what it has already seen counts no second time.
            fresh = Lanes<T>.Last(Math.Min(Lanes<T>.Count, last - j));
            j = Math.Min(j + Lanes<T>.Count, last);
        }
    }

    private void Flush(Span<T> pattern, Span<double> totals)
    {
        for (var start = 0; start < pattern.Length; start += _columns)
        {
            var part = pattern.Slice(start, _columns);
            for (var c = 0; c < part.Length; c++)
            {
                totals[c] += double.CreateTruncating(part[c]);
            }
        }

        pattern.Clear();
    }

    private void Fold(ReadOnlySpan<T> pattern, Span<T> columns, Func<T, T, T> combine)
    {
        pattern[.._columns].CopyTo(columns);
        for (var start = _columns; start < pattern.Length; start += _columns)
        {
            for (var c = 0; c < _columns; c++)
            {
                columns[c] = combine(columns[c], pattern[start + c]);
            }
        }
    }
}
