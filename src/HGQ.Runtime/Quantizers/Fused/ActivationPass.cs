using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>
/// One pass over a matrix whose columns have widths of their own: bias, scale, round, scale back, range, relu. The backward pass
/// computes the rounding again instead of keeping it.
/// </summary>
internal sealed class ActivationPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Sums of a few hundred terms are passed on to double precision.
    private const int RowsInShortSum = 256;
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
            _bias[c] = bias.IsEmpty ? T.Zero : bias[c];
        }

        ColumnPattern.Repeat(_scale, _columns);
        ColumnPattern.Repeat(_step, _columns);
        ColumnPattern.Repeat(_bias, _columns);
    }

    /// <summary>Writes the quantized values and returns, per column, their range in front of the relu.</summary>
    public (T[] Min, T[] Max) Forward(ReadOnlySpan<T> x, Span<T> y)
    {
        var length = _scale.Length;
        var (min, max) = (new T[length], new T[length]);
        min.AsSpan().Fill(T.PositiveInfinity);
        max.AsSpan().Fill(T.NegativeInfinity);
        var chunk = ColumnPattern.ChunkRows<T>(length) * length;
        var whole = x.Length / length * length;
        for (var start = 0; start < whole; start += chunk)
        {
            var size = Math.Min(chunk, whole - start);
            ForwardChunk(x.Slice(start, size), y.Slice(start, size), min, max);
        }

        for (var e = whole; e < x.Length; e++)
        {
            ForwardElement(x, y, e, e - whole, min, max);
        }

        return (Fold(min, T.Min), Fold(max, T.Max));
    }

    /// <summary>
    /// Adds, per column, Σ g·(x − xq) and Σ g, where g is the gradient behind the relu taken back through it, and writes g.
    /// </summary>
    /// <param name="x">The values that were quantized, without the bias.</param>
    /// <param name="upstream">Gradient of the results.</param>
    /// <param name="gradient">Where g goes; empty if nobody wants it.</param>
    /// <param name="errors">Σ g·(x − xq) per column.</param>
    /// <param name="sums">Σ g per column.</param>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> upstream, Span<T> gradient, Span<double> errors, Span<double> sums)
    {
        var length = _scale.Length;
        var (error, sum) = (new T[length], new T[length]);
        var rows = 0;
        var chunk = ColumnPattern.ChunkRows<T>(length) * length;
        var whole = x.Length / length * length;
        for (var start = 0; start < whole; start += chunk)
        {
            var size = Math.Min(chunk, whole - start);
            var target = gradient.IsEmpty ? gradient : gradient.Slice(start, size);
            BackwardChunk(x.Slice(start, size), upstream.Slice(start, size), target, error, sum);
            rows += size / length;
            if (rows >= RowsInShortSum)
            {
                Flush(error, errors);
                Flush(sum, sums);
                rows = 0;
            }
        }

        for (var e = whole; e < x.Length; e++)
        {
            BackwardElement(x, upstream, gradient, e, e - whole, error, sum);
        }

        Flush(error, errors);
        Flush(sum, sums);
    }

    private void ForwardChunk(ReadOnlySpan<T> x, Span<T> y, T[] min, T[] max)
    {
        var length = _scale.Length;
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var j = 0;
        for (; j + Vector<T>.Count <= length; j += Vector<T>.Count)
        {
            var (scale, step, bias) = (new Vector<T>(_scale, j), new Vector<T>(_step, j), new Vector<T>(_bias, j));
            var (low, high) = (new Vector<T>(min, j), new Vector<T>(max, j));
            for (var e = j; e < x.Length; e += length)
            {
                var q = Lanes<T>.Quantize(Vector.LoadUnsafe(ref source, (nuint)e) + bias, scale, step, _down);
                low = Vector.MinNative(low, q);
                high = Vector.MaxNative(high, q);
                (_relu ? Vector.MaxNative(q, Vector<T>.Zero) : q).StoreUnsafe(ref target, (nuint)e);
            }

            low.CopyTo(min, j);
            high.CopyTo(max, j);
        }

        for (; j < length; j++)
        {
            for (var e = j; e < x.Length; e += length)
            {
                ForwardElement(x, y, e, j, min, max);
            }
        }
    }

    private void ForwardElement(ReadOnlySpan<T> x, Span<T> y, int e, int j, T[] min, T[] max)
    {
        var q = Lanes<T>.Quantize(x[e] + _bias[j], _scale[j], _step[j], _down);
        min[j] = q < min[j] ? q : min[j];
        max[j] = q > max[j] ? q : max[j];
        y[e] = _relu && !(q > T.Zero) ? T.Zero : q;
    }

    private void BackwardChunk(ReadOnlySpan<T> x, ReadOnlySpan<T> upstream, Span<T> gradient, T[] error, T[] sum)
    {
        var length = _scale.Length;
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var arriving = ref MemoryMarshal.GetReference(upstream);
        ref var target = ref MemoryMarshal.GetReference(gradient);
        var write = !gradient.IsEmpty;
        var j = 0;
        for (; j + Vector<T>.Count <= length; j += Vector<T>.Count)
        {
            var (scale, step, bias) = (new Vector<T>(_scale, j), new Vector<T>(_step, j), new Vector<T>(_bias, j));
            var (errors, sums) = (new Vector<T>(error, j), new Vector<T>(sum, j));
            for (var e = j; e < x.Length; e += length)
            {
                var value = Vector.LoadUnsafe(ref source, (nuint)e) + bias;
                var q = Lanes<T>.Quantize(value, scale, step, _down);
                var g = Vector.LoadUnsafe(ref arriving, (nuint)e);
                g = _relu ? Vector.ConditionalSelect(Vector.GreaterThan(q, Vector<T>.Zero), g, Vector<T>.Zero) : g;
                errors += g * (value - q);
                sums += g;
                if (write)
                {
                    g.StoreUnsafe(ref target, (nuint)e);
                }
            }

            errors.CopyTo(error, j);
            sums.CopyTo(sum, j);
        }

        for (; j < length; j++)
        {
            for (var e = j; e < x.Length; e += length)
            {
                BackwardElement(x, upstream, gradient, e, j, error, sum);
            }
        }
    }

    private void BackwardElement(ReadOnlySpan<T> x, ReadOnlySpan<T> upstream, Span<T> gradient, int e, int j, T[] error, T[] sum)
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

    private void Flush(T[] pattern, Span<double> totals)
    {
        for (var start = 0; start < pattern.Length; start += _columns)
        {
            for (var c = 0; c < _columns; c++)
            {
                totals[c] += double.CreateTruncating(pattern[start + c]);
            }
        }

        Array.Clear(pattern);
    }

    private T[] Fold(T[] pattern, Func<T, T, T> combine)
    {
        for (var j = _columns; j < pattern.Length; j++)
        {
            pattern[j % _columns] = combine(pattern[j % _columns], pattern[j]);
        }

        return pattern;
    }
}
