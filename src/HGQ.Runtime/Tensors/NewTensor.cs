using System;
using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Makes tensors; operands live until the call has returned, scalars are owned and disposed here.</summary>
internal static class NewTensor
{
    public static torch.Tensor Empty(long[] shape, torch.ScalarType? dtype = null) => torch.empty(shape, dtype);

    public static torch.Tensor Empty(long count, torch.ScalarType? dtype = null) => torch.empty(count, dtype);

    public static torch.Tensor EmptyLike(torch.Tensor like) => Keep.Alive(torch.empty_like(like), like);

    public static torch.Tensor Zeros(long[] shape, torch.ScalarType? dtype = null) => torch.zeros(shape, dtype);

    public static torch.Tensor Zeros(long count, torch.ScalarType? dtype = null) => torch.zeros(count, dtype);

    public static torch.Tensor ZerosLike(torch.Tensor like) => Keep.Alive(torch.zeros_like(like), like);

    public static torch.Tensor Ones(long[] shape, torch.ScalarType? dtype = null) => torch.ones(shape, dtype);

    public static torch.Tensor Ones(long count, torch.ScalarType? dtype = null) => torch.ones(count, dtype);

    public static torch.Tensor OnesLike(torch.Tensor like) => Keep.Alive(torch.ones_like(like), like);

    public static torch.Tensor Full(long[] shape, double number, torch.ScalarType? dtype = null)
    {
        using var scalar = number.ToScalar();
        return torch.full(shape, scalar, dtype);
    }

    public static torch.Tensor FullLike(torch.Tensor like, double number)
    {
        using var scalar = number.ToScalar();
        return Keep.Alive(torch.full_like(like, scalar), like);
    }

    /// <summary>Integers from the first to the one before the end.</summary>
    public static torch.Tensor Range(long first, long end)
    {
        using Scalar start = first.ToScalar(), stop = end.ToScalar(), step = 1L.ToScalar();
        return torch.arange(start, stop, step, torch.ScalarType.Int64);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public static torch.Tensor Random(long[] shape, torch.ScalarType? dtype = null) => torch.rand(shape, dtype);

    /// <summary>Uniform in [0, 1), of the shape and type of another.</summary>
    public static torch.Tensor RandomLike(torch.Tensor like) => Keep.Alive(torch.rand_like(like), like);

    /// <summary>One number.</summary>
    public static torch.Tensor Of(double number, torch.ScalarType? dtype = null) => torch.tensor(number, dtype);

    public static torch.Tensor Of(double[] values, torch.ScalarType? dtype = null) => torch.tensor(values, dtype);

    public static torch.Tensor Of(double[] values, ReadOnlySpan<long> shape, torch.ScalarType? dtype = null) =>
        torch.tensor(values, shape, dtype);

    public static torch.Tensor Of(float[] values, ReadOnlySpan<long> shape, torch.ScalarType? dtype = null) =>
        torch.tensor(values, shape, dtype);

    public static torch.Tensor Of(long[] values) => torch.tensor(values);

    public static torch.Tensor Concatenate(torch.Tensor[] tensors, long dimension) => Keep.Alive(torch.cat(tensors, dimension), tensors);
}
