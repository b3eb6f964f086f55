using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Relu: the clamp of a requantize. With a slope: the maximum of x and slope·x, exact.</summary>
internal static class ReluLowering
{
    public static LoweredTensor Lower(LoweringContext context, ReluLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        if (layer.SlopeRaw == 0)
        {
            return Quantization.Finish(context, layer.Name, input, ActivationKind.Relu, layer.Quantizer);
        }

        int channels = input.Shape.Channels;
        var geometry = ProductGeometry.PerChannel(input.Shape.Size / channels, channels);
        var source = Alignment.ByChannel(context, layer.Name, input);
        var slopes = Constants.Uniform(channels, layer.SlopeRaw, layer.SlopeFractionBits);
        var scaled = ConstantProduct.Emit(context, layer.Name, source, geometry, slopes, null, input.Shape);
        var larger = Extremum.Of(context, layer.Name, new[] { source, scaled }, ReductionKind.Max);
        return Quantization.Finish(context, layer.Name, larger, ActivationKind.Linear, layer.Quantizer);
    }
}
