namespace HGQ.Generators.Planning.Products;

/// <summary>An input whose only reader, in blocks, is a packed product: it is read into packed rows at once.</summary>
/// <param name="Destination">Buffer of the product's results.</param>
/// <param name="Pairs">The product's pairs.</param>
/// <param name="MostLanes">Samples of the largest blocks that are read so; those of larger ones are read as 16-bit rows, for a product
/// in another form.</param>
internal sealed record BytePairInput(int Destination, BytePairs Pairs, int MostLanes);
