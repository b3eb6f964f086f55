namespace HGQ.Model.Graph;

/// <summary>y = quantize(activation(x·K + b)) along the last axis; leading axes are positions.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Kernel">Weights [in, out].</param>
/// <param name="Bias">Offsets [out], or null.</param>
/// <param name="Activation">Applied to the exact sum.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact sum.</param>
public sealed record DenseLayer(
    string Name,
    string Input,
    IntegerTensor Kernel,
    IntegerTensor? Bias,
    ActivationKind Activation,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitDense(this);
}
