using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Transposition: an index map.</summary>
internal static class PermuteLowering
{
    public static LoweredTensor Lower(LoweringContext context, PermuteLayer layer)
        => Permute(context, layer.Name, context.Integers(layer.Name, layer.Input), layer.Axes);

    public static LoweredTensor Permute(LoweringContext context, string layer, LoweredTensor input, EquatableArray<int> axes)
    {
        var strides = input.Shape.Strides();
        var shape = new TensorShape(axes.Select(axis => input.Shape[axis]).ToArray());
        var indices = new int[shape.Size];
        for (var e = 0; e < indices.Length; e++)
        {
            int rest = e;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                indices[e] += rest % shape[axis] * strides[axes[axis]];
                rest /= shape[axis];
            }
        }

        return context.Gather(layer, string.Empty, input, shape, indices);
    }
}
