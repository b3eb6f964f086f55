using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>A block of elements: an index map.</summary>
internal static class SliceLowering
{
    public static LoweredTensor Lower(LoweringContext context, SliceLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        var strides = input.Shape.Strides();
        var shape = new TensorShape(layer.Size);
        var indices = new int[shape.Size];
        for (var e = 0; e < indices.Length; e++)
        {
            int rest = e;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                indices[e] += (layer.Begin[axis] + (rest % shape[axis] * layer.Steps[axis])) * strides[axis];
                rest /= shape[axis];
            }
        }

        return context.Gather(layer.Name, string.Empty, input, shape, indices);
    }
}
