namespace HGQ.Model.Graph;

/// <summary>Transposes axes: output axis n is input axis Axes[n].</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Axes">A permutation of the axes, batch not counted.</param>
public sealed record PermuteLayer(
    string Name,
    string Input,
    EquatableArray<int> Axes) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitPermute(this);
}
