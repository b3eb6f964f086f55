namespace HGQ.Generators.Emission;

/// <summary>An input whose only reader, in blocks, is a packed product: it is read into packed rows at once.</summary>
/// <param name="Destination">Buffer of the product's results.</param>
/// <param name="Pairs">The product's pairs.</param>
internal sealed record PackedInput(int Destination, PackedPairs Pairs);
