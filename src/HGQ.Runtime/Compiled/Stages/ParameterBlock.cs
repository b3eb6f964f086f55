using System;
using System.Numerics;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// A parameter (or buffer) of a module as a matrix whose rows are whole vectors: the module's own memory where they are, else a copy with
/// zeros behind each row. Its gradient has the same form and is handed to the optimizer in the module's.
/// </summary>
internal sealed unsafe class ParameterBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TensorPointer<T> _tensor;
    private readonly T* _copy;
    private readonly T* _flat;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _padded;

    /// <summary>Prepares memory.</summary>
    /// <param name="tensor">The module's tensor, contiguous.</param>
    /// <param name="rows">Rows; the elements divided by these are the columns.</param>
    /// <param name="padded">Columns with padding.</param>
    /// <param name="memory">Owns what is allocated.</param>
    public ParameterBlock(torch.Tensor tensor, int rows, int padded, AlignedMemory memory)
    {
        _tensor = new TensorPointer<T>(tensor);
        Tensor = tensor;
        (_rows, _columns, _padded) = (rows, _tensor.Length / rows, padded);
        bool pads = _columns != padded;
        _copy = pads ? memory.Allocate<T>((long)rows * padded) : null;
        Gradient = memory.Allocate<T>((long)rows * padded);
        _flat = pads ? memory.Allocate<T>(_tensor.Length) : Gradient;
    }

    /// <summary>The module's tensor.</summary>
    public torch.Tensor Tensor { get; }

    /// <summary>The numbers, padded. Valid from <see cref="Load"/> to the optimizer's step.</summary>
    public T* Values => _copy == null ? _tensor.Address : _copy;

    /// <summary>The gradient, padded.</summary>
    public T* Gradient { get; }

    /// <summary>The module's numbers.</summary>
    public Span<T> Numbers => _tensor.Span;

    /// <summary>Looks where the module's memory is now.</summary>
    public void Refresh() => _tensor.Refresh();

    /// <summary>Holds the module's numbers within limits.</summary>
    public void Clamp(BitLimits<T> limits)
    {
        if (limits.IsOpen)
        {
            return;
        }

        T* numbers = _tensor.Address;
        int e = 0;
        for (; e + Vector<T>.Count <= _tensor.Length; e += Vector<T>.Count)
        {
            Vector.ClampNative(Vector.Load(numbers + e), new Vector<T>(limits.Min), new Vector<T>(limits.Max)).Store(numbers + e);
        }

        for (; e < _tensor.Length; e++)
        {
            numbers[e] = T.Clamp(numbers[e], limits.Min, limits.Max);
        }
    }

    /// <summary>Copies the module's numbers where rows are padded.</summary>
    public void Load()
    {
        if (_copy == null)
        {
            return;
        }

        for (int r = 0; r < _rows; r++)
        {
            new ReadOnlySpan<T>(_tensor.Address + (r * _columns), _columns).CopyTo(new Span<T>(_copy + (r * _padded), _columns));
        }
    }

    /// <summary>The gradient without padding, in the module's order.</summary>
    public ReadOnlySpan<T> PlainGradient()
    {
        for (int r = 0; r < _rows && _copy != null; r++)
        {
            new ReadOnlySpan<T>(Gradient + (r * _padded), _columns).CopyTo(new Span<T>(_flat + (r * _columns), _columns));
        }

        return new ReadOnlySpan<T>(_flat, _tensor.Length);
    }

    /// <summary>The tensor outlives this call.</summary>
    public void KeepAlive() => _tensor.KeepAlive();
}

/// <summary>Limits of widths in the type of the parameters.</summary>
/// <param name="Min">Least.</param>
/// <param name="Max">Largest.</param>
internal readonly record struct BitLimits<T>(T Min, T Max)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether nothing is excluded.</summary>
    public bool IsOpen => T.IsNegativeInfinity(Min) && T.IsPositiveInfinity(Max);

    public static BitLimits<T> Of(Quantizers.BitRange range) => new(T.CreateSaturating(range.Min), T.CreateSaturating(range.Max));
}
