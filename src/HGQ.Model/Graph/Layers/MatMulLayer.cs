namespace HGQ.Model.Graph;

/// <summary>Exact matrix product of two tensors over their last two axes; leading axes are equal batches.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Left">First operand.</param>
/// <param name="Right">Second operand.</param>
/// <param name="TransposeRight">The right operand is given as [.., columns, inner].</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact product.</param>
public sealed record MatMulLayer(
    string Name,
    string Left,
    string Right,
    bool TransposeRight,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Left, Right })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitMatMul(this);
}
