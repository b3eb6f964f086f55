namespace HGQ.Model.Graph;

/// <summary>min(max(x, low), high) with dyadic limits (hard tanh and its relatives).</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="LowRaw">Raw lower limit.</param>
/// <param name="HighRaw">Raw upper limit.</param>
/// <param name="LimitFractionBits">Fraction bits of both limits.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact value.</param>
public sealed record ClampLayer(
    string Name,
    string Input,
    long LowRaw,
    long HighRaw,
    int LimitFractionBits,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitClamp(this);
}
