using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HQuantize → QuantizeLayer.</summary>
internal sealed class QuantizeExporter : LayerExporter<HQuantize>
{
    protected override IReadOnlyList<LayerNode> Export(HQuantize layer, ExportContext context) =>
        [new QuantizeLayer(layer.Name, ExportContext.SourceOf(layer), context.QuantizerOf(layer))];
}
