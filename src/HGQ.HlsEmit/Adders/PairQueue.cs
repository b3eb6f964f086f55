using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.HlsEmit.Adders;

/// <summary>Pairs, the best first. Those that are there from the beginning are sorted once, which is cheaper than a heap of all.</summary>
internal sealed class PairQueue
{
    private readonly PairRank[] _first;
    private readonly PriorityQueue<PairRank, PairRank> _later = new();
    private int _next;

    /// <summary>Starts with pairs.</summary>
    public PairQueue(IEnumerable<PairRank> pairs)
    {
        _first = pairs.ToArray();
        Array.Sort(_first);
    }

    /// <summary>Adds a pair.</summary>
    public void Add(PairRank pair) => _later.Enqueue(pair, pair);

    /// <summary>Takes the best pair; says whether there was one.</summary>
    public bool TryTake(out PairRank pair)
    {
        if (_next < _first.Length && (_later.Count == 0 || _first[_next].CompareTo(_later.Peek()) < 0))
        {
            pair = _first[_next++];
            return true;
        }

        return _later.TryDequeue(out pair, out _);
    }
}

/// <summary>
/// How good a pair is: the most frequent one first; of these, the one whose terms overlap in most bits; then that of the newest operand,
/// which makes sums of many terms. The last rule makes the order total, so that it is always the same.
/// </summary>
/// <param name="Pair">The pair.</param>
/// <param name="Count">How often it is there.</param>
/// <param name="Overlap">Bits that both terms have.</param>
internal readonly record struct PairRank(TermPair Pair, int Count, int Overlap) : IComparable<PairRank>
{
    /// <inheritdoc/>
    public int CompareTo(PairRank other)
    {
        if (Count != other.Count)
        {
            return Count > other.Count ? -1 : 1;
        }

        if (Overlap != other.Overlap)
        {
            return Overlap > other.Overlap ? -1 : 1;
        }

        var (newest, others) = (Math.Max(Pair.Low, Pair.High), Math.Max(other.Pair.Low, other.Pair.High));
        return newest != others ? others.CompareTo(newest) : Pair.Key.CompareTo(other.Pair.Key);
    }
}
