using System;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>Moves small float tensors to arrays and back; float32 values are widened without loss.</summary>
internal static class TensorValues
{
    /// <summary>All elements, row-major.</summary>
    public static double[] Read(torch.Tensor tensor)
    {
        using var contiguous = tensor.Detach().Contiguous();
        return contiguous.DataType switch
        {
            torch.ScalarType.Float64 => contiguous.Elements<double>(),
            torch.ScalarType.Float32 => [.. contiguous.Elements<float>().Select(x => (double)x)],
            _ => throw new ArgumentException($"A quantizer takes float32 or float64, not {tensor.DataType}.", nameof(tensor)),
        };
    }

    /// <summary>A tensor of the given type and shape.</summary>
    public static torch.Tensor Create(double[] values, ReadOnlySpan<long> shape, torch.ScalarType type) =>
        NewTensor.Of(values, shape, dtype: type);

    /// <summary>Overwrites all elements, row-major, outside of the graph of gradients.</summary>
    public static void Write(torch.Tensor tensor, double[] values)
    {
        using var noGradient = torch.no_grad();
        using var created = Create(values, tensor.Shape, tensor.DataType);
        tensor.CopyFrom(created);
    }

    /// <summary>2^n for integral n, exact (torch's pow need not be), held inside the normal range of the type.</summary>
    public static torch.Tensor PowerOfTwo(torch.Tensor exponents)
    {
        var limit = exponents.DataType == torch.ScalarType.Float64 ? 1022 : 126;
        var values = Array.ConvertAll(Read(exponents), n => Math.ScaleB(1.0, (int)Math.Clamp(n, -limit, limit)));
        return Create(values, exponents.Shape, exponents.DataType);
    }
}
