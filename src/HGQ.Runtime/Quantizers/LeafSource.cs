using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Quantizers;

/// <summary>What quantized values came from, where it is data: only the widths want their gradient.</summary>
/// <param name="Values">The data.</param>
/// <param name="Widths">Fraction bits of each column, or of all.</param>
internal sealed record LeafSource(torch.Tensor Values, Parameter Widths)
{
    /// <summary>The source, if these values need no gradient and the widths do.</summary>
    public static LeafSource? Of(torch.Tensor values, Parameter widths, bool training) =>
        training && !values.RequiresGradient && widths.RequiresGradient && torch.is_grad_enabled() ? new LeafSource(values, widths) : null;

    /// <summary>The product of its quantized values with weights, where the pass for it fits their shapes and pays; else null.</summary>
    public torch.Tensor? Product(torch.Tensor quantized, torch.Tensor weights)
    {
        var type = Values.DataType;
        var isSingle = type == torch.ScalarType.Float32;
        if (Values.Rank != 2 || weights.Rank != 2 || weights.DataType != type || !TensorMemory.IsPlain(weights)
            || Values.Shape[1] < (isSingle ? WidthGradientPass<float>.Tile : WidthGradientPass<double>.Tile))
        {
            return null;
        }

        IFusedNode node = isSingle ? new LeafProductNode<float>() : new LeafProductNode<double>();
        return FusedFunction.Run(node, quantized, weights, Widths, Values)[0];
    }
}
