using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using TorchSharp;

namespace HGQ.Runtime.Export.Layers;

/// <summary>What inference needs of a layer with weights, a batch norm folded in with its moving statistics.</summary>
/// <param name="Kernel">Raw weights.</param>
/// <param name="Bias">Raw offsets, or null.</param>
/// <param name="Activation">What follows the output quantizer.</param>
internal sealed record KernelConstants(IntegerTensor Kernel, IntegerTensor? Bias, ActivationKind Activation)
{
    public static KernelConstants Of(KernelLayer layer)
    {
        IntegerTensor kernel = ExportContext.IntegersOf(layer.QuantizedKernel());
        torch.Tensor? bias = layer.QuantizedBias();
        ActivationKind activation = layer.Activation == Runtime.Layers.Activation.Relu ? ActivationKind.Relu : ActivationKind.Linear;
        return new KernelConstants(kernel, bias is null ? null : ExportContext.IntegersOf(bias), activation);
    }
}
