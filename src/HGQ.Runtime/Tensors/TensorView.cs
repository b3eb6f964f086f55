using System;
using System.Runtime.InteropServices;
using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>
/// The memory of a contiguous tensor on the processor, open for a pass over it. The tensor lives until the view is disposed: a span alone
/// does not keep it alive. Use it as <c>using var values = tensor.View&lt;float&gt;();</c> and let no span of it leave the block.
/// </summary>
internal readonly ref struct TensorView<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    /// <summary>Opens a tensor whose elements are of the type.</summary>
    public TensorView(torch.Tensor tensor)
    {
        _tensor = tensor;
        Span = MemoryMarshal.Cast<byte, T>(tensor.bytes);
    }

    /// <summary>All elements, row-major.</summary>
    public Span<T> Span { get; }

    /// <summary>Number of elements.</summary>
    public int Length => Span.Length;

    /// <summary>An element.</summary>
    public ref T this[int index] => ref Span[index];

    /// <summary>To here the tensor lives.</summary>
    public void Dispose() => GC.KeepAlive(_tensor);
}

/// <summary>Opens tensors.</summary>
internal static class TensorViewing
{
    /// <summary>The tensor's memory until the view is disposed.</summary>
    public static TensorView<T> View<T>(this torch.Tensor tensor)
        where T : unmanaged => new(tensor);
}
