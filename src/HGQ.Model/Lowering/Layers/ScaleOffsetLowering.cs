using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Scale and offset: a constant product with one tap and one output for each channel.</summary>
internal static class ScaleOffsetLowering
{
    public static LoweredTensor Lower(LoweringContext context, ScaleOffsetLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        int channels = input.Shape.Channels;
        var geometry = ProductGeometry.PerChannel(input.Shape.Size / channels, channels);
        context.AddCost(layer.Name, geometry.Cost(context.Buffer(input), layer.Scale.Raw, 1));
        var source = Alignment.ByChannel(context, layer.Name, input);
        var sum = ConstantProduct.Emit(
            context, layer.Name, source, geometry, Constants.Of(layer.Scale), Constants.OfOptional(layer.Offset), input.Shape);
        return Quantization.Finish(context, layer.Name, sum, layer.Activation, layer.Quantizer);
    }
}
