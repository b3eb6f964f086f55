using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HSubtract → AddLayer with its second operand negated.</summary>
internal sealed class SubtractExporter : LayerExporter<HSubtract>
{
    protected override IReadOnlyList<LayerNode> Export(HSubtract layer, ExportContext context) =>
        [new AddLayer(layer.Name, ExportContext.SourcesOf(layer), new[] { false, true }, context.QuantizerOf(layer))];
}
