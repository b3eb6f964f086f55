using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>The cases of each element that is requantized or clamped: at the edges of roundings, limits and relus.</summary>
internal sealed class BorderGoals : IVectorGoals
{
    // Far from the ends of 64 bits, so that neighbours and sums need no care.
    private const long Largest = 1L << 60;

    private readonly string _layer;
    private readonly int _source;
    private readonly List<Element> _elements = new();
    private readonly Dictionary<int, Element> _open = new();

    public BorderGoals(IntegerProgram program, RequantizeInstruction requantize)
        : this(program, requantize.Layer, requantize.Source, e => ValueBorders.Of(program, requantize, e))
    {
    }

    public BorderGoals(IntegerProgram program, ClampInstruction clamp)
        : this(program, clamp.Layer, clamp.Source, e => ValueBorders.Of(clamp, e))
    {
    }

    private BorderGoals(IntegerProgram program, string layer, int source, Func<int, IEnumerable<ValueBorder>> find)
    {
        _layer = layer;
        _source = source;
        var intervals = program.Buffers[source].Intervals;
        for (var e = 0; e < intervals.Length; e++)
        {
            var interval = intervals[e];
            if (interval.IsPoint || interval.Low < -Largest || interval.High > Largest)
            {
                continue;
            }

            var borders = find(e).Where(border => interval.Contains(border.Value)).ToArray();
            if (borders.Length > 0)
            {
                _elements.Add(new Element(e, borders));
                _open.Add(e, _elements[_elements.Count - 1]);
            }
        }
    }

    public bool Observe(long[][] buffers, int number)
    {
        var source = buffers[_source];
        var news = false;
        List<int>? done = null;
        foreach (var element in _open.Values)
        {
            news |= element.Observe(source[element.Index]);
            if (element.Seen == element.Borders.Length)
            {
                (done ??= new List<int>()).Add(element.Index);
            }
        }

        done?.ForEach(e => _open.Remove(e));
        return news;
    }

    public IEnumerable<VectorTarget> Missing() => _open.Values.ToArray().SelectMany(element => element.Borders
        .Select((border, n) => (border, n))
        .Where(x => !element.IsSeen[x.n])
        .Select(x => VectorTarget.Of(_source, element.Index, x.border.Value, () => !element.IsSeen[x.n])));

    public void Count(CoverageCounts counts)
    {
        var layer = counts[_layer];
        counts[_layer] = layer with
        {
            Borders = layer.Borders + _elements.Sum(element => element.Borders.Length),
            BordersSeen = layer.BordersSeen + _elements.Sum(element => element.Seen),
        };
    }

    private sealed class Element
    {
        public Element(int index, ValueBorder[] borders)
        {
            Index = index;
            Borders = borders;
            IsSeen = new bool[borders.Length];
        }

        public int Index { get; }

        public ValueBorder[] Borders { get; }

        public bool[] IsSeen { get; }

        public int Seen { get; private set; }

        public bool Observe(long value)
        {
            var news = false;
            for (var n = 0; n < Borders.Length; n++)
            {
                if (!IsSeen[n] && Borders[n].Holds(value))
                {
                    IsSeen[n] = news = true;
                    Seen++;
                }
            }

            return news;
        }
    }
}
