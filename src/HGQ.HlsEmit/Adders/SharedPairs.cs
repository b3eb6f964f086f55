using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// Finds sums of two terms that several sums have in common, up to a shift and a sign, and computes each once: the best pair first
/// (<see cref="PairRank"/>), pairs of pairs included (Hartley, IEEE Trans. Circuits Syst. II 43(10), 1996).
/// </summary>
internal sealed class SharedPairs
{
    private readonly List<RawInterval> _intervals;
    private readonly List<int> _widths;
    private readonly List<List<SumTerm>> _sums;
    private readonly List<List<int>> _readers = [];
    private readonly List<TermPair> _pairs = [];
    private readonly PairTable _fresh = new();
    private readonly PairCounts _counts;
    private readonly PairQueue _queue;

    private SharedPairs(IEnumerable<RawInterval> operands, IEnumerable<IEnumerable<SumTerm>> sums)
    {
        _intervals = operands.ToList();
        _widths = _intervals.ConvertAll(interval => WireType.For(interval).Width);
        _sums = sums.Select(sum => sum.ToList()).ToList();
        _readers.AddRange(_intervals.Select(_ => new List<int>()));
        for (var n = 0; n < _sums.Count; n++)
        {
            foreach (var term in _sums[n])
            {
                AddReader(term.Id, n);
            }
        }

        _counts = new PairCounts(_sums);
        _queue = new PairQueue(_counts.Frequent.Select(entry => Rank(entry.Pair, entry.Count)));
    }

    /// <summary>Searches.</summary>
    /// <param name="operands">What each operand can be.</param>
    /// <param name="sums">Terms of the sums.</param>
    /// <returns>The sums that are computed once, as operands after the given ones, and the given sums with them.</returns>
    public static (IReadOnlyList<IReadOnlyList<SumTerm>> Shared, IReadOnlyList<IReadOnlyList<SumTerm>> Sums) Extract(
        IReadOnlyList<RawInterval> operands, IEnumerable<IEnumerable<SumTerm>> sums)
    {
        var shared = new SharedPairs(operands, sums);
        while (shared._queue.TryTake(out var best))
        {
            var count = shared._counts[best.Pair];
            if (count == best.Count)
            {
                shared.Replace(best.Pair);
            }
            else if (count > 1)
            {
                shared._queue.Add(best with { Count = count });
            }
        }

        return PairExpansion.Of(operands.Count, shared._pairs, shared._sums);
    }

    private PairRank Rank(TermPair pair, int count) =>
        new(pair, count, Math.Max(0, Math.Min(_widths[pair.Low] - pair.Distance, _widths[pair.High])));

    private void AddReader(int id, int sum)
    {
        if (_readers[id].Count == 0 || _readers[id][^1] != sum)
        {
            _readers[id].Add(sum);
        }
    }

    private void Replace(TermPair pair)
    {
        var found = _readers[pair.Low].Select(n => (Sum: n, Matches: Matches(_sums[n], pair)))
            .Where(entry => entry.Matches.Count > 0).ToList();
        var wide = _intervals[pair.High].ShiftLeft(pair.Distance);
        var interval = pair.Differ ? _intervals[pair.Low] - wide : _intervals[pair.Low] + wide;
        _counts[pair] = 0;
        var width = WireType.For(interval).Width;
        if (found.Sum(entry => entry.Matches.Count) < 2 || width > FixedPointFormat.MaxWidth)
        {
            return;
        }

        var id = _intervals.Count;
        _intervals.Add(interval);
        _widths.Add(width);
        _readers.Add([]);
        _pairs.Add(pair);
        _fresh.Clear();
        foreach (var (n, matches) in found)
        {
            Replace(_sums[n], matches, id);
            AddReader(id, n);
            Forget(pair.Low, n);
            Forget(pair.High, n);
        }

        foreach (var (key, count) in _fresh.Entries)
        {
            if (count > 1)
            {
                _counts[key] = count;
                _queue.Add(Rank(key, count));
            }
        }
    }

    private void Replace(List<SumTerm> sum, List<(SumTerm Low, SumTerm High)> matches, int id)
    {
        foreach (var (low, high) in matches)
        {
            Remove(sum, low);
            Remove(sum, high);
        }

        foreach (var (low, _) in matches)
        {
            var term = new SumTerm(id, low.Shift, low.Negative);
            foreach (var other in CollectionsMarshal.AsSpan(sum))
            {
                _fresh.FindOrAdd(TermPair.Of(term, other))++;
            }

            sum.Add(term);
        }
    }

    private void Remove(List<SumTerm> sum, SumTerm term)
    {
        sum.Remove(term);
        foreach (var other in CollectionsMarshal.AsSpan(sum))
        {
            _counts.Decrement(TermPair.Of(term, other));
        }
    }

    private void Forget(int id, int sum)
    {
        if (!_sums[sum].Exists(term => term.Id == id))
        {
            var at = _readers[id].BinarySearch(sum);
            if (at >= 0)
            {
                _readers[id].RemoveAt(at);
            }
        }
    }

    private static List<(SumTerm Low, SumTerm High)> Matches(List<SumTerm> sum, TermPair pair)
    {
        var found = new List<(SumTerm Low, SumTerm High)>();
        foreach (var low in sum)
        {
            if (low.Id != pair.Low)
            {
                continue;
            }

            var high = new SumTerm(pair.High, low.Shift + pair.Distance, low.Negative != pair.Differ);
            if (low != high && sum.Contains(high) && !found.Exists(m => m.Low == low || m.High == low || m.Low == high || m.High == high))
            {
                found.Add((low, high));
            }
        }

        return found;
    }
}
