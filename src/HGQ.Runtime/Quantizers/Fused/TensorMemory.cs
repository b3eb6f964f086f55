using System;
using System.Runtime.InteropServices;
using TorchSharp;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>The memory of contiguous tensors on the processor.</summary>
internal static class TensorMemory
{
    /// <summary>Whether a pass may read or write this tensor's memory.</summary>
    public static bool IsPlain(torch.Tensor tensor) =>
        tensor.device_type == DeviceType.CPU
        && tensor.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64
        && tensor.numel() * tensor.element_size() < int.MaxValue
        && tensor.is_contiguous();

    /// <summary>
    /// A gradient that says "nothing" in the memory of one element: where torch is told of no gradient at all, it makes zeros for a node of
    /// several outputs, as large as the output.
    /// </summary>
    public static torch.Tensor ExpandedZero(torch.Tensor like)
    {
        using var zero = torch.zeros(1, dtype: like.dtype);
        return zero.expand(like.shape);
    }

    /// <summary>Whether all elements are one and the same 0.</summary>
    public static bool IsExpandedZero(torch.Tensor tensor) =>
        tensor.numel() > 1 && Array.TrueForAll(tensor.stride(), stride => stride == 0) && tensor.as_strided([], []).ToDouble() == 0;

    /// <summary>All elements, row-major. Valid while the tensor lives.</summary>
    public static Span<T> Span<T>(torch.Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
