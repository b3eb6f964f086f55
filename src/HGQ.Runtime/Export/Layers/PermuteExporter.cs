using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PPermute → PermuteLayer, whose axes count from 0.</summary>
internal sealed class PermuteExporter : LayerExporter<PPermute>
{
    protected override IReadOnlyList<LayerNode> Export(PPermute layer, ExportContext context) =>
        [new PermuteLayer(layer.Name, ExportContext.SourceOf(layer), layer.Dims.Select(static d => d - 1).ToArray())];
}
