using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PAvgPool → PoolLayer, where every mean is on a fixed-point grid.</summary>
internal sealed class AveragePoolExporter : LayerExporter<PAvgPool>
{
    protected override IReadOnlyList<LayerNode> Export(PAvgPool layer, ExportContext context)
    {
        if (!layer.IsExact)
        {
            throw new ExportException(
                layer.Name, "a mean over a number of elements that is no power of two is on no fixed-point grid; use windows of 2, 4, 8… elements.");
        }

        return PoolNodes.Of(layer, PoolKind.Average);
    }
}
