using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HBatchNormalization → ScaleOffsetLayer: raw factors with a format each, the offset exactly on its grid, the relu fused.</summary>
internal sealed class ScaleOffsetExporter : LayerExporter<HBatchNormalization>
{
    protected override IReadOnlyList<LayerNode> Export(HBatchNormalization layer, ExportContext context) =>
    [
        new ScaleOffsetLayer(
            layer.Name,
            ExportContext.SourceOf(layer),
            ExportContext.IntegersOf(layer.QuantizedScale()),
            ExportContext.IntegersOf(layer.QuantizedOffset()),
            layer.Activation == Activation.Relu ? ActivationKind.Relu : ActivationKind.Linear,
            context.QuantizerOf(layer)),
    ];
}
