namespace HGQ.Model.Graph;

/// <summary>Constants (weights, biases): raw integers and the format of each.</summary>
/// <param name="Format">Shape and per-element formats.</param>
/// <param name="Raw">Raw integers, row-major; value = raw · 2^−f of the element's format.</param>
public sealed record IntegerTensor(TensorFormat Format, EquatableArray<long> Raw)
{
    /// <summary>Shape of the tensor.</summary>
    public TensorShape Shape => Format.Shape;
}
