using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Takes a run of indices of one dimension.</summary>
public sealed class PSlice : PassiveLayer
{
    /// <summary>A slicing layer.</summary>
    /// <param name="axis">The dimension, the batch being 0.</param>
    /// <param name="start">First index.</param>
    /// <param name="length">Number of indices.</param>
    /// <param name="name">Unique in its model.</param>
    public PSlice(int axis, int start, int length, string? name = null)
        : base(name) => (Axis, Start, Length) = (axis, start, length);

    /// <summary>The dimension, the batch being 0.</summary>
    public int Axis { get; }

    /// <summary>First index.</summary>
    public int Start { get; }

    /// <summary>Number of indices.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    protected override torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs) => inputs[0].Narrow(Axis, Start, Length).Contiguous();

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = inputShapes[0];
        return Axis >= 1 && Axis <= shape.Count && Start >= 0 && Length > 0 && Start + Length <= shape[Axis - 1]
            ? [.. shape.Select((n, d) => d == Axis - 1 ? Length : n)]
            : throw new ArgumentException(
                $"The layer {Label} can't take {Length} from {Start} on of dimension {Axis} of [{string.Join(", ", shape)}].", nameof(inputShapes));
    }
}
