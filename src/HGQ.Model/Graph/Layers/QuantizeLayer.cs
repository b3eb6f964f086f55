namespace HGQ.Model.Graph;

/// <summary>Quantizes its input; directly behind an input port it turns reals into integers.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="Quantizer">Formats, rounding and overflow of the result.</param>
public sealed record QuantizeLayer(
    string Name,
    string Input,
    QuantizerSpec Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitQuantize(this);
}
