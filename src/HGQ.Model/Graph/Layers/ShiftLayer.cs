namespace HGQ.Model.Graph;

/// <summary>x·2^shift: moves the binary point, costs nothing.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Shift">Power of two; may be negative.</param>
public sealed record ShiftLayer(
    string Name,
    string Input,
    int Shift) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitShift(this);
}
