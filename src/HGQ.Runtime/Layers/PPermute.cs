using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Reorders the dimensions.</summary>
public sealed class PPermute : PassiveLayer
{
    private readonly int[] _dims;

    /// <summary>A permuting layer.</summary>
    /// <param name="dims">Dimension d of the output is dimension dims[d] of the input, counted from 1, the batch not counted.</param>
    /// <param name="name">Unique in its model.</param>
    public PPermute(IReadOnlyList<int> dims, string? name = null)
        : base(name) => _dims = [.. dims];

    /// <summary>The dimensions, counted from 1.</summary>
    public IReadOnlyList<int> Dims => _dims;

    /// <inheritdoc/>
    protected override torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs) =>
        inputs[0].Permute([0, .. _dims.Select(d => (long)d)]).Contiguous();

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes) =>
        _dims.Order().SequenceEqual(Enumerable.Range(1, inputShapes[0].Count))
            ? [.. _dims.Select(d => inputShapes[0][d - 1])]
            : throw new ArgumentException(
                $"The layer {Label} can't order the {inputShapes[0].Count} dimensions of its input by ({string.Join(", ", _dims)}).",
                nameof(inputShapes));
}
