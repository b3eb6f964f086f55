using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PFlatten → ReshapeLayer.</summary>
internal sealed class FlattenExporter : LayerExporter<PFlatten>
{
    protected override IReadOnlyList<LayerNode> Export(PFlatten layer, ExportContext context) =>
        [new ReshapeLayer(layer.Name, ExportContext.SourceOf(layer), ExportContext.ShapeOf(layer.OutputShape))];
}
