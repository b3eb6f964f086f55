using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HMultiply → MultiplyLayer.</summary>
internal sealed class MultiplyExporter : LayerExporter<HMultiply>
{
    protected override IReadOnlyList<LayerNode> Export(HMultiply layer, ExportContext context) =>
        [new MultiplyLayer(layer.Name, ExportContext.SourceOf(layer), ExportContext.SourceOf(layer, 1), context.QuantizerOf(layer))];
}
