namespace HGQ.Model.Graph;

/// <summary>A block of elements: begin, size and step per axis.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Begin">First index per axis.</param>
/// <param name="Size">Elements taken per axis.</param>
/// <param name="Steps">Distance between them per axis.</param>
public sealed record SliceLayer(
    string Name,
    string Input,
    EquatableArray<int> Begin,
    EquatableArray<int> Size,
    EquatableArray<int> Steps) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitSlice(this);
}
