using System;
using System.Collections.Generic;

namespace HGQ.Generators.Planning.Steps;

/// <summary>
/// Tiles that the elements of an input are read in, so small that a tile of all samples of a block stays in the first-level cache.
/// All have the same size: the last one begins so much earlier that it ends with the elements.
/// </summary>
/// <param name="Length">Number of elements.</param>
/// <param name="Size">Elements of a tile.</param>
/// <param name="Count">Number of tiles.</param>
internal sealed record ElementTiles(int Length, int Size, int Count)
{
    private const int MostElements = 128;
    private const int Granularity = 16;

    public static ElementTiles Of(int length)
    {
        if (length <= MostElements)
        {
            return Whole(length);
        }

        int count = (length + MostElements - 1) / MostElements;
        int size = ((length + count - 1) / count + Granularity - 1) / Granularity * Granularity;
        return new ElementTiles(length, size, (length + size - 1) / size);
    }

    /// <summary>All elements as one tile.</summary>
    public static ElementTiles Whole(int length) => new(length, length, 1);

    /// <summary>First element that tile <paramref name="t"/> reads.</summary>
    public int Start(int t) => Math.Min(t * Size, Length - Size);

    /// <summary>Elements of each tile that no tile before it has.</summary>
    public IEnumerable<(int Begin, int End)> Parts()
    {
        for (var t = 0; t < Count; t++)
        {
            yield return (t * Size, Math.Min((t + 1) * Size, Length));
        }
    }
}
