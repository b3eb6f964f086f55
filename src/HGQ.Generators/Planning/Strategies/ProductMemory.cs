using System;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>Scratch memory that a strategy needs besides source and results, in bytes for each lane.</summary>
/// <param name="Packed">The source, packed: a byte an element.</param>
/// <param name="Sums">Sums that wait from part to part of the source.</param>
/// <param name="Indices">Indices of two blocks into tables.</param>
/// <param name="Multiples">Multiples that are kept while the product is computed.</param>
/// <param name="Bytes">The source of one sample as bytes, behind all buffers.</param>
internal sealed record ProductMemory(int Packed = 0, int Sums = 0, int Indices = 0, int Multiples = 0, int Bytes = 0)
{
    /// <summary>None.</summary>
    public static readonly ProductMemory None = new();

    /// <summary>Memory for either of two.</summary>
    public ProductMemory Or(ProductMemory other) => new(
        Math.Max(Packed, other.Packed),
        Math.Max(Sums, other.Sums),
        Math.Max(Indices, other.Indices),
        Math.Max(Multiples, other.Multiples),
        Math.Max(Bytes, other.Bytes));
}
