using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Both ends of the proven interval of every element of a buffer.</summary>
internal sealed class ElementGoals : IVectorGoals
{
    private readonly string _layer;
    private readonly int _buffer;
    private readonly int _varying;
    private readonly HashSet<End> _open = new();

    public ElementGoals(ProgramBuffer buffer, int index)
    {
        _layer = buffer.Layer;
        _buffer = index;
        for (var e = 0; e < buffer.Length; e++)
        {
            var interval = buffer.Intervals[e];
            if (!interval.IsPoint && interval.Low >= long.MinValue && interval.High <= long.MaxValue)
            {
                _varying++;
                _open.Add(new End(e, (long)interval.Low, false));
                _open.Add(new End(e, (long)interval.High, true));
            }
        }
    }

    public bool Observe(long[][] buffers, int number)
    {
        var values = buffers[_buffer];
        return _open.RemoveWhere(end => values[end.Element] == end.Value) > 0;
    }

    public IEnumerable<VectorTarget> Missing()
        => _open.OrderBy(end => end.Element).ThenBy(end => end.IsHigh).ToArray().Select(end => VectorTarget.Of(_buffer, end.Element, end.Value, () => _open.Contains(end)));

    public void Count(CoverageCounts counts)
    {
        var layer = counts[_layer];
        int missing = _open.Select(end => end.Element).Distinct().Count();
        counts[_layer] = layer with { Elements = layer.Elements + _varying, ElementsAtBothEnds = layer.ElementsAtBothEnds + _varying - missing };
    }

    private readonly record struct End(int Element, long Value, bool IsHigh);
}
