using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HActivation → relu or clamp where the function is exactly one, else a table over every code of its input.</summary>
internal sealed class ActivationExporter : LayerExporter<HActivation>
{
    protected override IReadOnlyList<LayerNode> Export(HActivation layer, ExportContext context)
    {
        string source = ExportContext.SourceOf(layer);
        QuantizerSpec quantizer = context.QuantizerOf(layer);
        LayerNode node = layer.Function switch
        {
            var f when f == UnaryFunction.Relu => new ReluLayer(layer.Name, source, SlopeRaw: 0, SlopeFractionBits: 0, quantizer),
            var f when f == UnaryFunction.LeakyRelu => new ReluLayer(layer.Name, source, SlopeRaw: 1, SlopeFractionBits: 2, quantizer),
            var f when f == UnaryFunction.HardTanh => new ClampLayer(layer.Name, source, LowRaw: -1, HighRaw: 1, LimitFractionBits: 0, quantizer),
            _ => new FunctionTables(layer, context, quantizer).Node(source),
        };
        return [node];
    }
}
