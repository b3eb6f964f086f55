using System;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Fused;

/// <summary>The memory of contiguous tensors on the processor.</summary>
internal static class TensorMemory
{
    /// <summary>Whether a pass may read or write this tensor's memory.</summary>
    public static bool IsPlain(torch.Tensor tensor) =>
        tensor.DeviceKind == DeviceType.CPU
        && tensor.DataType is torch.ScalarType.Float32 or torch.ScalarType.Float64
        && tensor.Count * tensor.BytesPerElement < int.MaxValue
        && tensor.IsContiguous;

    /// <summary>
    /// A gradient that says "nothing" in the memory of one element: where torch is told of no gradient at all, it makes zeros for a node of
    /// several outputs, as large as the output.
    /// </summary>
    public static torch.Tensor ExpandedZero(torch.Tensor like)
    {
        using var zero = NewTensor.Zeros(1, dtype: like.DataType);
        return zero.Expand(like.Shape);
    }

    /// <summary>Whether all elements are one and the same 0.</summary>
    public static bool IsExpandedZero(torch.Tensor tensor) =>
        tensor.Count > 1 && Array.TrueForAll(tensor.Strides, stride => stride == 0) && tensor.AsStrided([], []).Number() == 0;
}
