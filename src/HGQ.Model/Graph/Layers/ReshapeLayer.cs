namespace HGQ.Model.Graph;

/// <summary>The same elements in row-major order under another shape.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Shape">New shape; as many elements.</param>
public sealed record ReshapeLayer(
    string Name,
    string Input,
    TensorShape Shape) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitReshape(this);
}
