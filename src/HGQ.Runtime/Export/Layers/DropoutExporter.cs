using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>PDropout → nothing: the layers behind it read what it reads.</summary>
internal sealed class DropoutExporter : LayerExporter<PDropout>
{
    protected override IReadOnlyList<LayerNode> Export(PDropout layer, ExportContext context) =>
        [];
}
