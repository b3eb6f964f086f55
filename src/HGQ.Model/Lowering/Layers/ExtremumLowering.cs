using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Element-wise maximum and minimum.</summary>
internal static class ExtremumLowering
{
    public static LoweredTensor Lower(LoweringContext context, ExtremumLayer layer)
    {
        var shape = Broadcasting.CommonShape(layer.Inputs.Select(name => context.Integers(layer.Name, name).Shape));
        var operands = layer.Inputs.Select(name => Broadcasting.To(context, layer.Name, context.Integers(layer.Name, name), shape)).ToArray();
        var result = Extremum.Of(context, layer.Name, operands, layer.Kind);
        return Quantization.Finish(context, layer.Name, result, ActivationKind.Linear, layer.Quantizer);
    }
}
