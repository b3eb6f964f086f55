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

    /// <summary>All elements, row-major. Valid while the tensor lives.</summary>
    public static Span<T> Span<T>(torch.Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
