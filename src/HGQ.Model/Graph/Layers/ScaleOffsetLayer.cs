namespace HGQ.Model.Graph;

/// <summary>y = quantize(activation(x·scale + offset)) per channel (an unfused batch normalisation).</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Scale">Factor per channel [C].</param>
/// <param name="Offset">Offset per channel [C], or null.</param>
/// <param name="Activation">Applied to the exact result.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact result.</param>
public sealed record ScaleOffsetLayer(
    string Name,
    string Input,
    IntegerTensor Scale,
    IntegerTensor? Offset,
    ActivationKind Activation,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitScaleOffset(this);
}
