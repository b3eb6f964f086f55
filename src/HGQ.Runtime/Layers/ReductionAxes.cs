using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>Dimensions that a layer reduces, the batch being 0, negative ones counted from the end.</summary>
/// <param name="axes">As given.</param>
/// <param name="keepDimensions">Whether they stay with size 1.</param>
internal sealed class ReductionAxes(IReadOnlyList<int> axes, bool keepDimensions)
{
    /// <summary>The dimensions, ascending, the batch being 0; known after <see cref="Resolve"/>.</summary>
    public long[] Dimensions { get; private set; } = [];

    /// <summary>Number of elements that become one.</summary>
    public long Count { get; private set; } = 1;

    /// <summary>Whether the dimensions stay with size 1.</summary>
    public bool KeepDimensions => keepDimensions;

    /// <summary>Shape of the result for an input of this shape (batch not counted).</summary>
    /// <exception cref="ArgumentException">There is no such dimension, or it is the batch.</exception>
    public IReadOnlyList<long> Resolve(string layer, IReadOnlyList<long> shape)
    {
        var resolved = axes.Select(axis => axis < 0 ? axis + shape.Count + 1 : axis).Distinct().Order().ToArray();
        if (resolved.Length == 0 || resolved[0] < 1 || resolved[^1] > shape.Count)
        {
            throw new ArgumentException(
                $"The layer {layer} can't reduce the dimensions ({string.Join(", ", axes)}) of [batch, {string.Join(", ", shape)}]; name some of 1 to {shape.Count}.",
                nameof(shape));
        }

        Dimensions = [.. resolved.Select(axis => (long)axis)];
        Count = resolved.Aggregate(1L, (count, axis) => count * shape[axis - 1]);
        return keepDimensions
            ? [.. shape.Select((size, d) => resolved.Contains(d + 1) ? 1 : size)]
            : [.. shape.Where((_, d) => !resolved.Contains(d + 1))];
    }
}
