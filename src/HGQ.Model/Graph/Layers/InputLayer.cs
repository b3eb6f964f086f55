namespace HGQ.Model.Graph;

/// <summary>A real-valued input port.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Shape">Shape without the batch dimension.</param>
public sealed record InputLayer(
    string Name,
    TensorShape Shape) : LayerNode(Name, EquatableArray<string>.Empty)
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitInput(this);
}
