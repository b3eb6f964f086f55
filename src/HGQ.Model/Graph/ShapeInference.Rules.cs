using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Graph;

/// <content>Rules shared by several kinds of layer.</content>
public sealed partial class ShapeInference
{
    private static TensorShape WithChannels(TensorShape shape, int channels)
    {
        var sizes = shape.Dimensions.ToArray();
        sizes[sizes.Length - 1] = channels;
        return new TensorShape(sizes);
    }

    private static void RequireChannels(LayerNode layer, string what, IntegerTensor? tensor, int channels)
    {
        if (tensor is null)
        {
            return;
        }

        RequireConstants(layer, what, tensor);
        if (tensor.Shape.Rank != 1 || tensor.Shape[0] != channels)
        {
            throw Mismatch(layer, $"its {what} is {tensor.Shape}; it must be [{channels}]");
        }
    }

    private static void RequireAxes(LayerNode layer, EquatableArray<int> axes, TensorShape input)
    {
        var seen = new HashSet<int>();
        foreach (var axis in axes)
        {
            if (axis < 0 || axis >= input.Rank || !seen.Add(axis))
            {
                throw Invalid(layer, $"axis {axis} does not exist in {input} (batch not counted) or is named twice");
            }
        }
    }

    private static void RequireTable(LayerNode layer, LookupTable table)
    {
        if (table.Input.Width > 24)
        {
            throw Invalid(layer, $"a table over {table.Input} would have 2^{table.Input.Width} entries; at most 2^24 are supported");
        }

        var entries = table.Input.IsZero ? 1 : 1 << table.Input.Width;
        if (table.Entries.Length != entries)
        {
            throw Mismatch(layer, $"a table over {table.Input} needs {entries} entries, it has {table.Entries.Length}");
        }

        RequireConstants(layer, "table", new IntegerTensor(TensorFormat.Uniform(TensorShape.Of(entries), table.Output), table.Entries));
    }

    private TensorShape Broadcast(LayerNode layer)
    {
        if (layer.Inputs.Length == 0)
        {
            throw Invalid(layer, "it has no operands");
        }

        var rank = layer.Inputs.Max(name => _shapes[name].Rank);
        var sizes = Enumerable.Repeat(1, rank).ToArray();
        foreach (var name in layer.Inputs)
        {
            var shape = _shapes[name];
            for (var axis = 0; axis < shape.Rank; axis++)
            {
                var target = axis + rank - shape.Rank;
                if (shape[axis] != 1 && sizes[target] != 1 && sizes[target] != shape[axis])
                {
                    var all = string.Join(", ", layer.Inputs.Select(n => _shapes[n].ToString()));
                    throw Mismatch(layer, $"its operands {all} cannot be broadcast to a common shape");
                }

                sizes[target] = Math.Max(sizes[target], shape[axis]);
            }
        }

        return new TensorShape(sizes);
    }

    private static IEnumerable<int> Windows(
        LayerNode layer, TensorShape input, EquatableArray<int> size, EquatableArray<int> strides, EquatableArray<int> dilations, PaddingKind padding)
    {
        var spatial = input.Rank - 1;
        if (strides.Length != spatial || dilations.Length != spatial)
        {
            throw Invalid(layer, $"it has {strides.Length} strides and {dilations.Length} dilations for {spatial} spatial axes");
        }

        for (var axis = 0; axis < spatial; axis++)
        {
            if (size[axis] < 1 || strides[axis] < 1 || dilations[axis] < 1)
            {
                throw Invalid(layer, $"window {size[axis]}, stride {strides[axis]} and dilation {dilations[axis]} must be at least 1");
            }

            if ((size[axis] - 1L) * dilations[axis] >= MaximumElements)
            {
                throw Invalid(layer, $"a window of {size[axis]} elements with dilation {dilations[axis]} spans more than {MaximumElements} elements");
            }
        }

        return Enumerable.Range(0, spatial)
            .Select(axis => WindowGeometry.OutputSize(input[axis], size[axis], strides[axis], dilations[axis], padding)).ToArray();
    }
}
