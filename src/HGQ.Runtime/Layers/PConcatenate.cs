using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Puts inputs one behind the other along one dimension.</summary>
public sealed class PConcatenate : PassiveLayer
{
    private readonly int _axis;

    /// <summary>A concatenating layer.</summary>
    /// <param name="axis">The dimension, the batch being 0; negative ones count from the end.</param>
    /// <param name="name">Unique in its model.</param>
    public PConcatenate(int axis = -1, string? name = null)
        : base(name) => _axis = axis;

    /// <summary>The dimension, the batch being 0.</summary>
    public int Axis => _axis < 0 ? _axis + OutputShape.Count + 1 : _axis;

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (1, int.MaxValue);

    /// <inheritdoc/>
    protected override torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs) => NewTensor.Concatenate([.. inputs], _axis);

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var rank = inputShapes[0].Count;
        var axis = (_axis < 0 ? _axis + rank + 1 : _axis) - 1;
        if (axis < 0 || axis >= rank || inputShapes.Any(s => s.Count != rank || s.Where((n, d) => d != axis && n != inputShapes[0][d]).Any()))
        {
            throw new ArgumentException(
                $"The layer {Label} can't join {string.Join(" and ", inputShapes.Select(s => $"[{string.Join(", ", s)}]"))} along {_axis}.",
                nameof(inputShapes));
        }

        return [.. inputShapes[0].Select((n, d) => d == axis ? inputShapes.Sum(s => s[d]) : n)];
    }
}
