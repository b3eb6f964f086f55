using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Gives the elements another shape.</summary>
public sealed class PReshape : PassiveLayer
{
    private readonly long[] _target;

    /// <summary>A reshaping layer.</summary>
    /// <param name="targetShape">Shape without the batch dimension; one size may be −1.</param>
    /// <param name="name">Unique in its model.</param>
    public PReshape(IReadOnlyList<long> targetShape, string? name = null)
        : base(name) => _target = [.. targetShape];

    /// <inheritdoc/>
    protected override torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs) => inputs[0].Reshape([inputs[0].Shape[0], .. OutputShape]);

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var size = FixedPointBits.Size(inputShapes[0]);
        var known = _target.Where(n => n != -1).Aggregate(1L, (a, b) => a * b);
        long[] shape = [.. _target.Select(n => n == -1 ? size / Math.Max(known, 1) : n)];
        return FixedPointBits.Size(shape) == size && _target.Count(n => n == -1) <= 1
            ? shape
            : throw new ArgumentException(
                $"The layer {Label} can't reshape [{string.Join(", ", inputShapes[0])}] to [{string.Join(", ", _target)}].", nameof(inputShapes));
    }
}

/// <summary>Gives the elements one dimension.</summary>
public sealed class PFlatten : PassiveLayer
{
    /// <summary>A flattening layer.</summary>
    /// <param name="name">Unique in its model.</param>
    public PFlatten(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    protected override torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs) => inputs[0].Reshape(inputs[0].Shape[0], OutputShape[0]);

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes) => [FixedPointBits.Size(inputShapes[0])];
}
