using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PConcatenate → ConcatenateLayer, whose axis does not count the batch.</summary>
internal sealed class ConcatenateExporter : LayerExporter<PConcatenate>
{
    protected override IReadOnlyList<LayerNode> Export(PConcatenate layer, ExportContext context) =>
        [new ConcatenateLayer(layer.Name, ExportContext.SourcesOf(layer), layer.Axis - 1)];
}
