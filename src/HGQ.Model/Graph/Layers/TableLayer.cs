namespace HGQ.Model.Graph;

/// <summary>A unary function as look-up tables, computed once at export (fixed-point.md §6).</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Tables">The distinct tables.</param>
/// <param name="TableOf">Table of each element; one entry means all elements share it.</param>
/// <param name="Quantizer">Output quantizer; null keeps the table's format.</param>
public sealed record TableLayer(
    string Name,
    string Input,
    EquatableArray<LookupTable> Tables,
    EquatableArray<int> TableOf,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitTable(this);
}
