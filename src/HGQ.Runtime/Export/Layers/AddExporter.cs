using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HAdd → AddLayer.</summary>
internal sealed class AddExporter : LayerExporter<HAdd>
{
    protected override IReadOnlyList<LayerNode> Export(HAdd layer, ExportContext context) =>
        [new AddLayer(layer.Name, ExportContext.SourcesOf(layer), new bool[layer.Inputs.Count], context.QuantizerOf(layer))];
}
