namespace HGQ.Model.Graph;

/// <summary>max(x, 0), or max(x, slope·x) with a dyadic slope in [0, 1].</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Input">Name of the layer that is read.</param>
/// <param name="SlopeRaw">Raw slope of the negative side; 0 for relu.</param>
/// <param name="SlopeFractionBits">Fraction bits of the slope.</param>
/// <param name="Quantizer">Output quantizer; null keeps the exact value.</param>
public sealed record ReluLayer(
    string Name,
    string Input,
    long SlopeRaw,
    int SlopeFractionBits,
    QuantizerSpec? Quantizer) : LayerNode(Name, new[] { Input })
{
    /// <inheritdoc/>
    public override T Accept<T>(ILayerVisitor<T> visitor) => visitor.VisitRelu(this);
}
