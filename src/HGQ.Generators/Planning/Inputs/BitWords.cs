using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Planning.Inputs;

/// <summary>
/// The bits of the codes of an input in words: one bit of as many elements that follow each other as fit, element after element from
/// the lowest on. Every few bits of a word are an index into tables of sums (<see cref="LookupTables"/>).
/// </summary>
internal sealed class BitWords
{
    private readonly (int First, int Plane)[] _words;

    private BitWords(int elements, int indexBits, (int First, int Plane)[] words)
    {
        Elements = elements;
        IndexBits = indexBits;
        _words = words;
    }

    /// <summary>
    /// Elements whose bits are in a word: eight indices of six bits where vectors look up 64 entries, else sixteen of four.
    /// </summary>
    public int Elements { get; }

    /// <summary>Bits of an index.</summary>
    public int IndexBits { get; }

    /// <summary>Number of words of a sample; the first ones, <see cref="Chunks"/>, are the lowest bits of all elements.</summary>
    public int Count => _words.Length;

    /// <summary>Number of words with the lowest bits.</summary>
    public int Chunks => _words.Count(word => word.Plane == 0);

    /// <summary>Indices in a word.</summary>
    public int Indices => Elements / IndexBits;

    /// <summary>First element of each word, and which of its bits.</summary>
    public IReadOnlyList<(int First, int Plane)> Words => _words;

    /// <summary>The words of a block of samples.</summary>
    /// <param name="formats">Formats of the elements.</param>
    /// <param name="machine">The block's vectors.</param>
    public static BitWords Of(IReadOnlyList<FixedPointFormat> formats, Machine machine)
    {
        int elements = machine.IndexedElements, planes = formats.Max(format => format.Width);
        var words = from plane in Enumerable.Range(0, planes)
                    from chunk in Enumerable.Range(0, (formats.Count + elements - 1) / elements)
                    where plane == 0 || formats.Skip(chunk * elements).Take(elements).Any(format => format.Width > plane)
                    select (chunk * elements, plane);
        return new BitWords(elements, machine.IndexBits, words.ToArray());
    }

    /// <summary>First element and bit of an index.</summary>
    public (int First, int Plane) Index(int index)
    {
        var (first, plane) = _words[index / Indices];
        return (first + (index % Indices * IndexBits), plane);
    }
}
