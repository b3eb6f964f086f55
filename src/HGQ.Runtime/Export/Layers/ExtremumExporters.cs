using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HMaximum → ExtremumLayer.</summary>
internal sealed class MaximumExporter : LayerExporter<HMaximum>
{
    protected override IReadOnlyList<LayerNode> Export(HMaximum layer, ExportContext context) =>
        [new ExtremumLayer(layer.Name, ExportContext.SourcesOf(layer), ReductionKind.Max, context.QuantizerOf(layer))];
}

/// <summary>HMinimum → ExtremumLayer.</summary>
internal sealed class MinimumExporter : LayerExporter<HMinimum>
{
    protected override IReadOnlyList<LayerNode> Export(HMinimum layer, ExportContext context) =>
        [new ExtremumLayer(layer.Name, ExportContext.SourcesOf(layer), ReductionKind.Min, context.QuantizerOf(layer))];
}
