using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HGQ.HlsEmit.Adders;

/// <summary>How often each pair of terms is in sums. Only pairs that are there twice are known: counts of others never grow.</summary>
internal sealed class PairCounts
{
    // Places of the table of bytes for each pair.
    private const long Places = 2;

    private readonly PairTable _counts = new();

    /// <summary>Counts the pairs of sums.</summary>
    public PairCounts(IReadOnlyList<List<SumTerm>> sums)
    {
        // Most pairs are there once. A table of bytes tells them at little cost, so that only the few others are looked up.
        var seen = new byte[BitOperations.RoundUpToPowerOf2((ulong)(Places * Pairs(sums.Select(sum => sum.Count))) + 1)];
        foreach (var sum in sums)
        {
            See(sum, seen);
        }

        foreach (var sum in sums)
        {
            Count(sum, seen);
        }
    }

    /// <summary>Pairs that are there at least twice, in no order.</summary>
    public IEnumerable<(TermPair Pair, int Count)> Frequent => _counts.Entries.Where(entry => entry.Value > 1);

    /// <summary>How often a pair is there, where that was twice once; 0 otherwise.</summary>
    public int this[TermPair pair]
    {
        get
        {
            ref var count = ref _counts.Find(pair);
            return Unsafe.IsNullRef(ref count) ? 0 : count;
        }
        set => _counts.FindOrAdd(pair) = value;
    }

    /// <summary>Pairs of terms of the same sum.</summary>
    /// <param name="terms">Terms of each sum.</param>
    public static long Pairs(IEnumerable<int> terms) => terms.Sum(count => (long)count * (count - 1) / 2);

    /// <summary>Counts a pair once less.</summary>
    public void Decrement(TermPair pair)
    {
        ref var count = ref _counts.Find(pair);
        if (!Unsafe.IsNullRef(ref count))
        {
            count--;
        }
    }

    private static void See(List<SumTerm> sum, byte[] seen)
    {
        var terms = CollectionsMarshal.AsSpan(sum);
        for (var i = 1; i < terms.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                ref var times = ref seen[PairTable.Place(TermPair.Of(terms[i], terms[j]), seen.Length)];
                times = (byte)Math.Min(2, times + 1);
            }
        }
    }

    private void Count(List<SumTerm> sum, byte[] seen)
    {
        var terms = CollectionsMarshal.AsSpan(sum);
        for (var i = 1; i < terms.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var pair = TermPair.Of(terms[i], terms[j]);
                if (seen[PairTable.Place(pair, seen.Length)] > 1)
                {
                    _counts.FindOrAdd(pair)++;
                }
            }
        }
    }
}
