namespace HGQ.Model.Verification;

/// <summary>What the elements of a layer were between, in the real values that their integers stand for.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Least">The least value of an element.</param>
/// <param name="Greatest">The greatest value of an element.</param>
/// <param name="LowestLimit">The least value that the format of an element holds.</param>
/// <param name="HighestLimit">The greatest value that the format of an element holds.</param>
/// <param name="Elements">Elements of the layer.</param>
/// <param name="Unchanged">Elements that had the same value in all samples, constants included.</param>
public sealed record LayerRange(
    string Layer, double Least, double Greatest, double LowestLimit, double HighestLimit, int Elements, int Unchanged);
