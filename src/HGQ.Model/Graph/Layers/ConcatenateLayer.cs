namespace HGQ.Model.Graph;

/// <summary>Joins tensors along one axis.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Operands">Names of the layers that are read, in order.</param>
/// <param name="Axis">Axis, batch not counted.</param>
public sealed record ConcatenateLayer(
    string Name,
    EquatableArray<string> Operands,
    int Axis) : LayerNode(Name, Operands)
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitConcatenate(this);
}
