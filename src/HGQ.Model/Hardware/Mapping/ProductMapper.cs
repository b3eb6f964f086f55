using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>
/// Products of two variables. Two rows of partial products are one chain: a position adds two of them, four inputs. A partial
/// product with one sign counts negative: it is added inverted, less 2^column.
/// </summary>
internal static class ProductMapper
{
    /// <summary>The heap of a product modulo 2^width.</summary>
    public static BitHeap Heap(NetlistDraft draft, WordBits left, WordBits right, int width)
    {
        var (wide, narrow) = left.Width >= right.Width ? (left, right) : (right, left);
        var heap = new BitHeap(width, 0);
        for (var row = 0; row + 1 < narrow.Width && row < width; row += 2)
        {
            AddRows(draft, heap, wide, narrow, row);
        }

        if (narrow.Width % 2 == 1 && narrow.Width - 1 < width)
        {
            AddRow(draft, heap, wide, narrow, narrow.Width - 1);
        }

        return heap;
    }

    /// <summary>A product as a multiplier cell.</summary>
    public static int[] Multiplier(NetlistDraft draft, WordBits left, WordBits right, int width)
    {
        int level = left.Literals.Concat(right.Literals).Max(draft.LevelOf) + 1;
        int[] a = left.Literals.Select(draft.Signal).ToArray(), b = right.Literals.Select(draft.Signal).ToArray();
        int[] outputs = Enumerable.Range(0, width).Select(_ => draft.NewSignal(level)).ToArray();
        draft.Add(new MultiplierCell(draft.Layer, a, left.Signed, b, right.Signed, outputs));
        return outputs.Select(Literal.Of).ToArray();
    }

    private static void AddRows(NetlistDraft draft, BitHeap heap, WordBits wide, WordBits narrow, int row)
    {
        int width = heap.Columns.Length, end = Math.Min(width, row + wide.Width + 1);
        var chain = new ChainDraft(draft, Literal.Zero);
        for (int column = row; column < end; column++)
        {
            var literals = new List<int>();
            int low = Partial(heap, literals, wide, narrow, column - row, row), high = Partial(heap, literals, wide, narrow, column - row - 1, row + 1);
            bool both = low >= 0 && high >= 0;
            chain.Add(literals, choice => both ? Value(choice, low) + Value(choice >> 2, high) : Value(choice, Math.Max(low, high)));
        }

        int[] results = chain.Finish(carryOut: end < width);
        for (var n = 0; n < results.Length; n++)
        {
            heap.Add(results[n], draft.LevelOf(results[n]), row + n, subtract: false);
        }
    }

    private static void AddRow(NetlistDraft draft, BitHeap heap, WordBits wide, WordBits narrow, int row)
    {
        for (int column = row; column < Math.Min(heap.Columns.Length, row + wide.Width); column++)
        {
            var literals = new List<int>();
            int inverted = Partial(heap, literals, wide, narrow, column - row, row);
            int literal = draft.Lut(LutRole.Logic, literals, choice => Value(choice, inverted) == 1);
            heap.Add(literal, draft.LevelOf(literal), column, subtract: false);
        }
    }

    // 1 where the partial product is added inverted, 0 where it is not, −1 where there is none.
    private static int Partial(BitHeap heap, List<int> literals, WordBits wide, WordBits narrow, int a, int b)
    {
        if (a < 0 || a >= wide.Width)
        {
            return -1;
        }

        literals.Add(wide[a]);
        literals.Add(narrow[b]);
        bool negative = (wide.Signed && a == wide.Width - 1) != (narrow.Signed && b == narrow.Width - 1);
        if (negative)
        {
            heap.Add(-(System.Numerics.BigInteger.One << (a + b)));
        }

        return negative ? 1 : 0;
    }

    private static int Value(int choice, int inverted) => ((choice & 3) == 3 ? 1 : 0) ^ inverted;
}
