namespace HGQ.Model.Graph;

/// <summary>Exact element-wise sum or difference of two or more tensors, broadcast to a common shape.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Operands">Names of the layers that are read, in order.</param>
/// <param name="Negate">Per input: subtract instead of add.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact sum.</param>
public sealed record AddLayer(
    string Name,
    EquatableArray<string> Operands,
    EquatableArray<bool> Negate,
    QuantizerSpec? Quantizer) : LayerNode(Name, Operands)
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitAdd(this);
}
