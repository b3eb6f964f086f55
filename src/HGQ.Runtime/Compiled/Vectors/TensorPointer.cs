using System;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// Where the numbers of a module's tensor lie. Keeps the tensor alive; its module may exchange the memory between two runs.
/// </summary>
internal sealed unsafe class TensorPointer<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    public TensorPointer(torch.Tensor tensor)
    {
        _tensor = tensor;
        Length = (int)tensor.Count;
        Refresh();
    }

    /// <summary>The first number.</summary>
    public T* Address { get; private set; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>All numbers.</summary>
    public Span<T> Span => new(Address, Length);

    /// <summary>Looks where the memory is now.</summary>
    /// <exception cref="InvalidOperationException">The tensor was freed, or is not of this kind any more.</exception>
    public void Refresh()
    {
        if (_tensor.IsInvalid || _tensor.Count != Length || _tensor.BytesPerElement != sizeof(T) || !TensorMemory.IsPlain(_tensor))
        {
            throw new InvalidOperationException(
                "A tensor of the network was freed or replaced while it was trained; build the trainer anew.");
        }

        using TensorView<T> view = _tensor.View<T>();
        fixed (T* first = view.Span)
        {
            Address = first;
        }
    }

    /// <summary>The tensor outlives this call.</summary>
    public void KeepAlive() => GC.KeepAlive(_tensor);
}
