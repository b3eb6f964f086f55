using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HQuantize → QuantizeLayer, or the quantizer of the mean in front of it that is on no grid.</summary>
internal sealed class QuantizeExporter : LayerExporter<HQuantize>
{
    protected override IReadOnlyList<LayerNode> Export(HQuantize layer, ExportContext context) =>
        ExportContext.Exported(layer.Inputs[0]) is PAvgPool { IsExact: false } pool
            ? PoolNodes.Of(pool, PoolKind.Average, layer.Name, context.QuantizerOf(layer))
            : [new QuantizeLayer(layer.Name, ExportContext.SourceOf(layer), context.QuantizerOf(layer))];
}
