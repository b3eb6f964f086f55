namespace HGQ.Model.Graph;

/// <summary>Exact element-wise product of two tensors, broadcast to a common shape.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Left">First operand.</param>
/// <param name="Right">Second operand.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact product.</param>
public sealed record MultiplyLayer(
    string Name,
    string Left,
    string Right,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Left, Right })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitMultiply(this);
}
