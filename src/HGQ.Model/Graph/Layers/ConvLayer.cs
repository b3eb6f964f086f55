namespace HGQ.Model.Graph;

/// <summary>Convolution over one or two spatial axes, channels last: y = quantize(activation(x∗K + b)).</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Kernel">Weights [taps…, in / groups, out].</param>
/// <param name="Bias">Offsets [out], or null.</param>
/// <param name="Strides">One per spatial axis.</param>
/// <param name="Dilations">One per spatial axis.</param>
/// <param name="Padding">Valid, same (odd element at the end) or causal (1D only).</param>
/// <param name="Groups">Groups of channels; depthwise = number of input channels.</param>
/// <param name="Activation">Applied to the exact sum.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact sum.</param>
/// <param name="ParallelFactor">Positions computed at once in hardware; scales EBOPs.</param>
public sealed record ConvLayer(
    string Name,
    string Input,
    IntegerTensor Kernel,
    IntegerTensor? Bias,
    EquatableArray<int> Strides,
    EquatableArray<int> Dilations,
    PaddingKind Padding,
    int Groups,
    ActivationKind Activation,
    QuantizerSpec? Quantizer,
    int ParallelFactor) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitConv(this);
}
