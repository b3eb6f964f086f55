using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Element-wise product: a batch of 1 × 1 matrix products.</summary>
internal static class MultiplyLowering
{
    public static LoweredTensor Lower(LoweringContext context, MultiplyLayer layer)
    {
        var left = context.Integers(layer.Name, layer.Left);
        var right = context.Integers(layer.Name, layer.Right);
        var shape = Broadcasting.CommonShape(new[] { left.Shape, right.Shape });
        var product = VariableProduct.Emit(
            context,
            layer.Name,
            Broadcasting.To(context, layer.Name, left, shape),
            Broadcasting.To(context, layer.Name, right, shape),
            new ProductSizes(shape.Size, 1, 1, 1),
            shape);
        return Quantization.Finish(context, layer.Name, product, ActivationKind.Linear, layer.Quantizer);
    }
}
