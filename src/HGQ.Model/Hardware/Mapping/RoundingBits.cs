using System;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>What is added before bits are dropped, so that dropping them rounds as each mode says (fixed-point.md §2.2).</summary>
internal static class RoundingBits
{
    public static void AddTo(BitHeap heap, NetlistDraft draft, WordBits word, int shift, RoundingMode rounding)
    {
        var half = BigInteger.One << (shift - 1);
        switch (rounding)
        {
            case RoundingMode.Truncate:
                break;
            case RoundingMode.TruncateToZero:
                // 2^shift − 1 where the number is negative.
                for (var column = 0; column < shift; column++)
                {
                    Add(heap, draft, word.Sign, column);
                }

                break;
            case RoundingMode.RoundHalfUp:
                heap.Add(half);
                break;
            case RoundingMode.RoundHalfDown:
                heap.Add(half - 1);
                break;
            case RoundingMode.RoundHalfToZero:
                heap.Add(half - 1);
                Add(heap, draft, word.Sign, 0);
                break;
            case RoundingMode.RoundHalfAway:
                heap.Add(half - 1);
                Add(heap, draft, Literal.Not(word.Sign), 0);
                break;
            case RoundingMode.RoundHalfEven:
                heap.Add(half - 1);
                Add(heap, draft, word[shift], 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode.");
        }
    }

    private static void Add(BitHeap heap, NetlistDraft draft, int literal, int column) => heap.Add(literal, draft.LevelOf(literal), column, subtract: false);
}
