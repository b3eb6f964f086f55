using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PReshape → ReshapeLayer.</summary>
internal sealed class ReshapeExporter : LayerExporter<PReshape>
{
    protected override IReadOnlyList<LayerNode> Export(PReshape layer, ExportContext context) =>
        [new ReshapeLayer(layer.Name, ExportContext.SourceOf(layer), ExportContext.ShapeOf(layer.OutputShape))];
}
