namespace HGQ.Model.Graph;

/// <summary>Element-wise maximum or minimum of two or more tensors, broadcast to a common shape.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Operands">Names of the layers that are read, in order.</param>
/// <param name="Kind">Max or Min.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact value.</param>
public sealed record ExtremumLayer(
    string Name,
    EquatableArray<string> Operands,
    ReductionKind Kind,
    QuantizerSpec? Quantizer) : LayerNode(Name, Operands)
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitExtremum(this);
}
