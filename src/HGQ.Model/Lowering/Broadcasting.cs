using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Brings operands to a common shape by index maps.</summary>
internal static class Broadcasting
{
    /// <summary>The shape all operands are repeated to; shape inference has checked that there is one.</summary>
    public static TensorShape CommonShape(IEnumerable<TensorShape> shapes)
    {
        var all = shapes.ToArray();
        int rank = all.Max(shape => shape.Rank);
        var sizes = Enumerable.Repeat(1, rank).ToArray();
        foreach (var shape in all)
        {
            for (var axis = 0; axis < shape.Rank; axis++)
            {
                sizes[axis + rank - shape.Rank] = Math.Max(sizes[axis + rank - shape.Rank], shape[axis]);
            }
        }

        return new TensorShape(sizes);
    }

    /// <summary>The tensor repeated along axes of size 1; itself where nothing changes.</summary>
    public static LoweredTensor To(LoweringContext context, string layer, LoweredTensor tensor, TensorShape shape)
    {
        if (tensor.Shape.Size == shape.Size)
        {
            return tensor with { Shape = shape };
        }

        var strides = tensor.Shape.Strides();
        int added = shape.Rank - tensor.Shape.Rank;
        var indices = new int[shape.Size];
        for (var e = 0; e < indices.Length; e++)
        {
            int rest = e;
            for (int axis = shape.Rank - 1; axis >= added; axis--)
            {
                int at = rest % shape[axis];
                rest /= shape[axis];
                indices[e] += tensor.Shape[axis - added] == 1 ? 0 : at * strides[axis - added];
            }
        }

        return context.Gather(layer, "broadcast", tensor, shape, indices);
    }
}
