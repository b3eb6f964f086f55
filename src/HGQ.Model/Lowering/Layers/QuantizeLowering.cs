using System.Linq;
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

        // Raw inference takes any code of the format, also the lowest one, which no real number has under SaturateSymmetric.
        var intervals = formats.Select(format => format.RawInterval).ToArray();
        return context.Emit(layer.Name, string.Empty, source.Shape, formats, intervals, destination => new QuantizeInputInstruction(
            layer.Name, source.Port, destination, layer.Quantizer.Rounding, layer.Quantizer.Overflow));
    }
}
