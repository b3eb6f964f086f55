using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Each term of a maximum or minimum alone at the end.</summary>
internal sealed class ReduceGoals : IVectorGoals
{
    private readonly ReduceInstruction _reduce;
    private readonly EquatableArray<FixedPoint.RawInterval> _intervals;
    private readonly bool[] _seen;
    private readonly int _all;
    private int _reached;

    public ReduceGoals(IntegerProgram program, ReduceInstruction reduce)
    {
        _reduce = reduce;
        _intervals = program.Buffers[reduce.Source].Intervals;
        _seen = new bool[reduce.Indices.Length];
        _all = reduce.Indices.Count(index => IsWanted(index));
    }

    public bool Observe(long[][] buffers, int number)
    {
        if (_reached == _all)
        {
            return false;
        }

        long[] source = buffers[_reduce.Source], results = buffers[_reduce.Destination];
        var news = false;
        for (var e = 0; e < results.Length; e++)
        {
            int winner = -1, winners = 0;
            for (int n = e * _reduce.Terms; n < (e + 1) * _reduce.Terms; n++)
            {
                if (source[_reduce.Indices[n]] == results[e])
                {
                    winner = n;
                    winners++;
                }
            }

            if (winners == 1 && !_seen[winner] && IsWanted(_reduce.Indices[winner]))
            {
                _seen[winner] = news = true;
                _reached++;
            }
        }

        return news;
    }

    public IEnumerable<VectorTarget> Missing() => Enumerable.Range(0, _seen.Length)
        .Where(n => !_seen[n] && IsWanted(_reduce.Indices[n]))
        .Select(n => VectorTarget.Of(_reduce.Source, _reduce.Indices[n], End(_reduce.Indices[n]), () => !_seen[n]));

    public void Count(CoverageCounts counts)
    {
        var layer = counts[_reduce.Layer];
        counts[_reduce.Layer] = layer with { Borders = layer.Borders + _all, BordersSeen = layer.BordersSeen + _reached };
    }

    private bool IsWanted(int index) => !_intervals[index].IsPoint && _intervals[index].Low >= long.MinValue && _intervals[index].High <= long.MaxValue;

    private long End(int index) => (long)(_reduce.Kind == ReductionKind.Max ? _intervals[index].High : _intervals[index].Low);
}
