using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>A dense layer along any dimension: permuted to the end, multiplied, permuted back. Permutations become index maps and cost nothing.</summary>
/// <remarks>Its parts are <c>in</c>, <c>dense</c> and the permutation back, which has the layer's name.</remarks>
public sealed class HDenseOnAxis : HBlock
{
    private readonly HDense _dense;

    /// <summary>Puts a dense layer on a dimension.</summary>
    /// <param name="axis">The dimension, the batch being 0; negative ones count from the end.</param>
    /// <param name="dense">The layer, not linked yet and without a name; it makes its units of that dimension.</param>
    /// <param name="name">Unique in its model.</param>
    public HDenseOnAxis(int axis, HDense dense, string? name = null)
        : base(name)
    {
        Axis = axis;
        _dense = dense;
    }

    /// <summary>The dimension, the batch being 0; negative ones count from the end.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    protected override HLayer Compose(IReadOnlyList<HLayer> inputs)
    {
        var rank = inputs[0].OutputShape.Count;
        var axis = Axis < 0 ? Axis + rank + 1 : Axis;
        if (axis < 1 || axis > rank)
        {
            throw new ArgumentException(
                $"The layer {Label} can't be dense along dimension {Axis} of [batch, {string.Join(", ", inputs[0].OutputShape)}]; name one of 1 to {rank}.",
                nameof(inputs));
        }

        int[] others = [.. Enumerable.Range(1, rank).Where(d => d != axis)];
        int[] forth = [.. others, axis];
        int[] back = [.. Enumerable.Range(1, rank).Select(d => Array.IndexOf(forth, d) + 1)];
        return axis == rank
            ? Part("", _dense, inputs[0])
            : Part("", new PPermute(back), Part("dense", _dense, Part("in", new PPermute(forth), inputs[0])));
    }
}
