using System;
using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>
/// PAvgPool → PoolLayer where every mean is on a fixed-point grid. Any other mean exists only rounded: it becomes one layer with the
/// HQuantize behind it, whose rounding the lowering proves or refuses.
/// </summary>
internal sealed class AveragePoolExporter : LayerExporter<PAvgPool>
{
    protected override IReadOnlyList<LayerNode> Export(PAvgPool layer, ExportContext context)
    {
        if (layer.IsExact)
        {
            return PoolNodes.Of(layer, PoolKind.Average);
        }

        return context.IsReadOnlyBy<HQuantize>(layer)
            ? []
            : throw new LayerExportFault(
                layer.Name,
                FormattableString.Invariant(
                    $"a mean over {layer.InexactCount} elements, no power of two, is on no fixed-point grid; put an HQuantize directly behind it, or use windows of 2, 4, 8… elements."));
    }
}
