using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Matrix product of two activations; a transposed operand is an index map.</summary>
internal static class MatMulLowering
{
    public static LoweredTensor Lower(LoweringContext context, MatMulLayer layer)
    {
        var left = context.Integers(layer.Name, layer.Left);
        var right = context.Integers(layer.Name, layer.Right);
        int rank = left.Shape.Rank;
        if (layer.TransposeRight)
        {
            var axes = Enumerable.Range(0, rank).ToArray();
            (axes[rank - 1], axes[rank - 2]) = (rank - 2, rank - 1);
            right = PermuteLowering.Permute(context, layer.Name, right, axes);
        }

        int rows = left.Shape[rank - 2], inner = left.Shape[rank - 1], columns = right.Shape[rank - 1];
        var sizes = new ProductSizes(left.Shape.Size / (rows * inner), rows, inner, columns);
        var product = VariableProduct.Emit(context, layer.Name, left, right, sizes, context.ShapeOf(layer));
        return Quantization.Finish(context, layer.Name, product, ActivationKind.Linear, layer.Quantizer);
    }
}
