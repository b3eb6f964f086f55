using System;
using System.Numerics;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>A word as literals.</summary>
/// <param name="Literals">One a bit, least significant first; <see cref="Literal.Unread"/> where nobody reads the bit.</param>
/// <param name="Signed">Whether the last one is a sign.</param>
internal readonly record struct WordBits(int[] Literals, bool Signed)
{
    /// <summary>Number of bits.</summary>
    public int Width => Literals.Length;

    /// <summary>The sign, or 0.</summary>
    public int Sign => Signed && Width > 0 ? Literals[Width - 1] : Literal.Zero;

    /// <summary>A bit, those above the word included.</summary>
    public int this[int bit] => bit < Width ? Literals[bit] : Sign;

    /// <summary>A constant.</summary>
    public static WordBits Of(BigInteger value, int width, bool signed)
    {
        var literals = new int[width];
        for (var bit = 0; bit < width; bit++)
        {
            literals[bit] = (value >> bit).IsEven ? Literal.Zero : Literal.One;
        }

        return new WordBits(literals, signed);
    }

    /// <summary>Adds ± word · 2^shift to a heap.</summary>
    public void AddTo(BitHeap heap, NetlistDraft draft, int shift, bool subtract)
    {
        for (var bit = 0; bit < Width && bit + shift < heap.Columns.Length; bit++)
        {
            if (Literals[bit] == Literal.Unread)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"bit {bit} of a word is summed, though nobody demanded it"));
            }

            heap.Add(Literals[bit], draft.LevelOf(Literals[bit]), bit + shift, subtract ^ (Signed && bit == Width - 1));
        }
    }
}
