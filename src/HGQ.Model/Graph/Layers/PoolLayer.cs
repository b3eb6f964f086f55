namespace HGQ.Model.Graph;

/// <summary>Maximum or average over windows of one or two spatial axes, channels last.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Kind">Max or average.</param>
/// <param name="Size">Window, one entry per spatial axis.</param>
/// <param name="Strides">Steps, one entry per spatial axis.</param>
/// <param name="Padding">Valid or same; padding takes no part in the result.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact value.</param>
public sealed record PoolLayer(
    string Name,
    string Input,
    PoolKind Kind,
    EquatableArray<int> Size,
    EquatableArray<int> Strides,
    PaddingKind Padding,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitPool(this);
}
