using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using TorchSharp;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HDense → DenseLayer: raw weights with a format each, the bias exactly on its grid, the relu fused.</summary>
internal sealed class DenseExporter : LayerExporter<HDense>
{
    protected override IReadOnlyList<LayerNode> Export(HDense layer, ExportContext context)
    {
        IntegerTensor kernel = ExportContext.IntegersOf(layer.QuantizedKernel());
        torch.Tensor? bias = layer.QuantizedBias();
        ActivationKind activation = layer.Activation == Activation.Relu ? ActivationKind.Relu : ActivationKind.Linear;
        return
        [
            new DenseLayer(
                layer.Name,
                layer.Inputs[0].Name,
                kernel,
                bias is null ? null : ExportContext.IntegersOf(bias),
                activation,
                context.QuantizerOf(layer)),
        ];
    }
}
