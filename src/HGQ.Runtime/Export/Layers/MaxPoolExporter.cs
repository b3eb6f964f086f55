using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PMaxPool → PoolLayer.</summary>
internal sealed class MaxPoolExporter : LayerExporter<PMaxPool>
{
    protected override IReadOnlyList<LayerNode> Export(PMaxPool layer, ExportContext context) =>
        PoolNodes.Of(layer, PoolKind.Max);
}
