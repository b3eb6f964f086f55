using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Planning.Products;

/// <summary>Two weights that are not both 0.</summary>
/// <param name="Row">Packed row that they multiply.</param>
/// <param name="First">Weight of the low byte.</param>
/// <param name="Second">Weight of the high byte.</param>
internal readonly record struct BytePair(int Row, int First, int Second);

/// <summary>
/// The pairs of a result dealt into as few segments of equal length as their 16-bit sums are exact in: whatever the sources are,
/// no sum of a segment, nor of some of its pairs, leaves 16 bits.
/// </summary>
internal sealed class ExactSegments
{
    private readonly List<BytePair> _pairs;
    private readonly int[] _order;
    private readonly int[] _highs;
    private readonly int[] _lows;
    private readonly int _unroll;

    /// <summary>Deals pairs.</summary>
    /// <param name="pairs">The pairs, by rows.</param>
    /// <param name="unroll">The length is a multiple of this.</param>
    /// <param name="largest">Largest byte of the source; 0 where sums may wrap.</param>
    public ExactSegments(List<BytePair> pairs, int unroll, int largest)
    {
        _pairs = pairs;
        _unroll = unroll;
        _highs = pairs.ConvertAll(pair => (Math.Max(pair.First, 0) + Math.Max(pair.Second, 0)) * largest).ToArray();
        _lows = pairs.ConvertAll(pair => (Math.Min(pair.First, 0) + Math.Min(pair.Second, 0)) * largest).ToArray();
        _order = Enumerable.Range(0, pairs.Count).ToArray();
        Array.Sort(Array.ConvertAll(_order, n => ((long)(_lows[n] - _highs[n]) << 32) | (uint)n), _order);
        Pairs = new List<BytePair>();
        if (pairs.Count > 0)
        {
            int most = (int)Math.Max(_highs.Sum(high => (long)high) / short.MaxValue, _lows.Sum(low => (long)low) / short.MinValue);
            for (Count = Math.Max(most, 1); !Deal(); Count++)
            {
            }
        }
    }

    /// <summary>Number of segments.</summary>
    public int Count { get; }

    /// <summary>Pairs of each.</summary>
    public int Length { get; private set; }

    /// <summary>The pairs of all segments, one segment behind the other.</summary>
    public List<BytePair> Pairs { get; }

    // The pair that can do most goes first, each into the segment that it leaves the most room. Two products of a byte and a weight
    // of at most 64 never exceed 16 bits, so a segment for each pair always does.
    private bool Deal()
    {
        Length = (((_pairs.Count + Count - 1) / Count) + _unroll - 1) / _unroll * _unroll;
        int[] highs = new int[Count], lows = new int[Count], lengths = new int[Count], segments = new int[_pairs.Count];
        foreach (int n in _order)
        {
            int best = -1, bestReach = short.MaxValue + 1;
            for (var s = 0; s < Count; s++)
            {
                int reach = Math.Max(highs[s] + _highs[n], -1 - lows[s] - _lows[n]);
                if (reach < bestReach && lengths[s] < Length)
                {
                    best = s;
                    bestReach = reach;
                }
            }

            if (best < 0)
            {
                return false;
            }

            segments[n] = best;
            lengths[best]++;
            highs[best] += _highs[n];
            lows[best] += _lows[n];
        }

        Fill(segments, lengths);
        return true;
    }

    private void Fill(int[] segments, int[] lengths)
    {
        for (var s = 0; s < Count; s++)
        {
            var last = _pairs[0];
            for (var n = 0; n < _pairs.Count; n++)
            {
                if (segments[n] == s)
                {
                    last = _pairs[n];
                    Pairs.Add(last);
                }
            }

            for (int n = lengths[s]; n < Length; n++)
            {
                Pairs.Add(new BytePair(last.Row, 0, 0));
            }
        }
    }
}
