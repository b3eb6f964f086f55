using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>A quantizer: behind a real port it makes the codes, elsewhere it requantizes.</summary>
internal static class QuantizeLowering
{
    public static LoweredTensor Lower(LoweringContext context, QuantizeLayer layer)
    {
        var source = context.Any(layer.Input);
        if (!source.IsReal)
        {
            return Quantization.Quantize(context, layer.Name, source, layer.Quantizer, relu: false);
        }

        var formats = layer.Quantizer.Format.Elements.ToArray();
        var intervals = formats.Select(format => Codes(format, layer.Quantizer.Overflow)).ToArray();
        return context.Emit(layer.Name, string.Empty, source.Shape, formats, intervals, destination => new QuantizeInputInstruction(
            layer.Name, source.Port, destination, layer.Quantizer.Rounding, layer.Quantizer.Overflow));
    }

    // Raw inference takes any code of the format, the lowest too, which no real number has under SaturateSymmetric. A format
    // whose only symmetric value is 0 is the constant 0 (fixed-point.md 4.2).
    private static RawInterval Codes(FixedPointFormat format, OverflowMode overflow)
        => overflow == OverflowMode.SaturateSymmetric && format.MaxRaw.IsZero ? RawInterval.Point(0) : format.RawInterval;
}
