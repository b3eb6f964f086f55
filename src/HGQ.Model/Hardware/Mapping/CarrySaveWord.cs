using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>A number as bits that are not added up: any number of them a column, and a constant.</summary>
/// <param name="Columns">Bits of each column; a bit that nobody demanded has the literal <see cref="Literal.Unread"/>.</param>
/// <param name="Constant">What is added to them.</param>
internal sealed record CarrySaveWord(List<HeapBit>[] Columns, BigInteger Constant)
{
    /// <summary>A word.</summary>
    public static CarrySaveWord Of(WordBits word, NetlistDraft draft)
    {
        var columns = new List<HeapBit>[word.Width];
        BigInteger constant = 0;
        for (var bit = 0; bit < word.Width; bit++)
        {
            int literal = word.Literals[bit];
            columns[bit] = new List<HeapBit>();
            if (word.Signed && bit == word.Width - 1 && literal != Literal.Unread)
            {
                constant -= BigInteger.One << bit;
                literal = Literal.Not(literal);
            }

            if (Literal.IsConstant(literal))
            {
                constant += (BigInteger)literal << bit;
            }
            else
            {
                columns[bit].Add(new HeapBit(literal, draft.LevelOf(literal)));
            }
        }

        return new CarrySaveWord(columns, constant);
    }

    /// <summary>Bits a column.</summary>
    public int[] Profile() => Columns.Select(column => column.Count).ToArray();

    /// <summary>Adds ± number · 2^shift to a heap.</summary>
    public void AddTo(BitHeap heap, int shift, bool subtract)
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            foreach (var bit in Columns[column])
            {
                heap.Add(bit.Literal, bit.Level, column + shift, subtract);
            }
        }

        heap.Add((subtract ? -Constant : Constant) << shift);
    }
}
