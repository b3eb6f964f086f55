using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>Two weights that are not both 0.</summary>
/// <param name="Row">Packed row that they multiply.</param>
/// <param name="First">Weight of the low byte.</param>
/// <param name="Second">Weight of the high byte.</param>
internal readonly record struct PackedPair(int Row, int First, int Second);

/// <summary>
/// The pairs of a result dealt into as few segments of equal length as their 16-bit sums are exact in: whatever the sources are,
/// no sum of a segment, nor of some of its pairs, leaves 16 bits.
/// </summary>
internal sealed class ExactSegments
{
    private readonly List<PackedPair> _pairs;
    private readonly int _unroll;
    private readonly int _largest;

    /// <summary>Deals pairs.</summary>
    /// <param name="pairs">The pairs, by rows.</param>
    /// <param name="unroll">The length is a multiple of this.</param>
    /// <param name="largest">Largest byte of the source; 0 where sums may wrap.</param>
    public ExactSegments(IEnumerable<PackedPair> pairs, int unroll, int largest)
    {
        _pairs = pairs.ToList();
        _unroll = unroll;
        _largest = largest;
        Pairs = new List<PackedPair>();
        if (_pairs.Count > 0)
        {
            int most = Math.Max(_pairs.Sum(High) / short.MaxValue, _pairs.Sum(Low) / short.MinValue);
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
    public List<PackedPair> Pairs { get; }

    private int High(PackedPair pair) => (Math.Max(pair.First, 0) + Math.Max(pair.Second, 0)) * _largest;

    private int Low(PackedPair pair) => (Math.Min(pair.First, 0) + Math.Min(pair.Second, 0)) * _largest;

    // The pair that can do most goes first, each into the segment that it leaves the most room. Two products of a byte and a weight
    // of at most 64 never exceed 16 bits, so a segment for each pair always does.
    private bool Deal()
    {
        int length = (((_pairs.Count + Count - 1) / Count) + _unroll - 1) / _unroll * _unroll;
        var segments = Enumerable.Range(0, Count).Select(_ => new List<PackedPair>(length)).ToArray();
        int[] highs = new int[Count], lows = new int[Count];
        foreach (var pair in _pairs.OrderByDescending(pair => High(pair) - Low(pair)))
        {
            int best = -1, bestReach = int.MaxValue;
            for (var s = 0; s < Count; s++)
            {
                int reach = Math.Max(highs[s] + High(pair), -1 - lows[s] - Low(pair));
                if (reach < bestReach && segments[s].Count < length)
                {
                    best = s;
                    bestReach = reach;
                }
            }

            if (bestReach > short.MaxValue)
            {
                return false;
            }

            segments[best].Add(pair);
            highs[best] += High(pair);
            lows[best] += Low(pair);
        }

        Length = length;
        foreach (var segment in segments)
        {
            Pairs.AddRange(segment.OrderBy(pair => pair.Row));
            Pairs.AddRange(Enumerable.Repeat(new PackedPair(segment.Count > 0 ? segment[segment.Count - 1].Row : 0, 0, 0), length - segment.Count));
        }

        return true;
    }
}
