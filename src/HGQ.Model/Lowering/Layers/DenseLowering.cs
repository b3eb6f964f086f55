using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Dense: one constant product along the last axis, then activation and quantizer.</summary>
internal static class DenseLowering
{
    public static LoweredTensor Lower(LoweringContext context, DenseLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        int inputs = layer.Kernel.Shape[0], outputs = layer.Kernel.Shape[1];
        var geometry = ProductGeometry.LastAxis(input.Shape.Size / inputs, inputs, outputs);
        context.AddCost(layer.Name, geometry.Cost(context.Buffer(input), layer.Kernel.Raw, 1));
        var source = Alignment.ByChannel(context, layer.Name, input);
        var sum = ConstantProduct.Emit(
            context, layer.Name, source, geometry, Constants.Of(layer.Kernel), Constants.OfOptional(layer.Bias), new TensorShape(WithChannels(input.Shape, outputs)));
        return Quantization.Finish(context, layer.Name, sum, layer.Activation, layer.Quantizer);
    }

    private static int[] WithChannels(TensorShape shape, int channels)
    {
        var sizes = shape.Dimensions.ToArray();
        sizes[sizes.Length - 1] = channels;
        return sizes;
    }
}
