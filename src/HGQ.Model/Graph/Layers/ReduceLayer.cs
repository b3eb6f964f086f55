namespace HGQ.Model.Graph;

/// <summary>Sum, maximum or minimum over axes.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Kind">Sum, Max or Min.</param>
/// <param name="Axes">Reduced axes, batch not counted.</param>
/// <param name="KeepDimensions">Reduced axes stay with size 1.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact value.</param>
public sealed record ReduceLayer(
    string Name,
    string Input,
    ReductionKind Kind,
    EquatableArray<int> Axes,
    bool KeepDimensions,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitReduce(this);
}
