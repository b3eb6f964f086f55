using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HDense, with or without a batch norm → DenseLayer: raw weights with a format each, the bias exactly on its grid, the relu fused.</summary>
internal sealed class DenseExporter : LayerExporter<HDense>
{
    protected override IReadOnlyList<LayerNode> Export(HDense layer, ExportContext context)
    {
        KernelConstants constants = KernelConstants.Of(layer);
        return
        [
            new DenseLayer(
                layer.Name,
                ExportContext.SourceOf(layer),
                constants.Kernel,
                constants.Bias,
                constants.Activation,
                context.QuantizerOf(layer)),
        ];
    }
}
