using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PSlice → SliceLayer: one axis is cut, the others are taken whole.</summary>
internal sealed class SliceExporter : LayerExporter<PSlice>
{
    protected override IReadOnlyList<LayerNode> Export(PSlice layer, ExportContext context)
    {
        TensorShape size = ExportContext.ShapeOf(layer.OutputShape);
        var begin = new int[size.Rank];
        begin[layer.Axis - 1] = layer.Start;
        return [new SliceLayer(layer.Name, ExportContext.SourceOf(layer), begin, size.Dimensions, Enumerable.Repeat(1, size.Rank).ToArray())];
    }
}
