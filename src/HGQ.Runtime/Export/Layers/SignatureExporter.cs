using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>Signature → QuantizeLayer of the declared format; what is on the declared grid stays as it is.</summary>
internal sealed class SignatureExporter : LayerExporter<Signature>
{
    protected override IReadOnlyList<LayerNode> Export(Signature layer, ExportContext context)
    {
        int sign = layer.KeepNegative ? 1 : 0;
        FixedPointFormat format = layer.Bits == 0
            ? FixedPointFormat.Zero
            : new FixedPointFormat(layer.KeepNegative, layer.IntBits - sign, layer.Bits - layer.IntBits);
        TensorFormat formats = TensorFormat.Uniform(ExportContext.ShapeOf(layer.OutputShape), format);
        var quantizer = new QuantizerSpec(formats, RoundingMode.RoundHalfUp, context.Rules.InputOverflow);
        return [new QuantizeLayer(layer.Name, ExportContext.SourceOf(layer), quantizer)];
    }
}
