using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// The cases of each element that is requantized or clamped: at the edges of roundings, limits and relus. Each is wanted at all, and
/// then in a sample in which a wrong result of it, one more or one less, would be seen in the results of the model.
/// </summary>
internal sealed class BorderGoals : IVectorGoals
{
    // Far from the ends of 64 bits, so that neighbours and sums need no care.
    private const long Largest = 1L << 60;

    private readonly string _layer;
    private readonly int _source;
    private readonly int _destination;
    private readonly ResultEffects _effects;
    private readonly List<BorderedElement> _elements = new();
    private readonly Dictionary<int, BorderedElement> _open = new();

    public BorderGoals(IntegerProgram program, RequantizeInstruction requantize, ResultEffects effects)
        : this(program, requantize, requantize.Source, effects, e => ValueBorders.Of(program, requantize, e))
    {
    }

    public BorderGoals(IntegerProgram program, ClampInstruction clamp, ResultEffects effects)
        : this(program, clamp, clamp.Source, effects, e => ValueBorders.Of(clamp, e))
    {
    }

    private BorderGoals(
        IntegerProgram program, Instruction instruction, int source, ResultEffects effects, Func<int, IEnumerable<ValueBorder>> find)
    {
        (_layer, _source, _destination, _effects) = (instruction.Layer, source, instruction.Destination, effects);
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
                _elements.Add(new BorderedElement(e, borders));
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
            int e = element.Index;
            news |= element.Observe(source[e], _effects, step => _effects.ShowsStep(_destination, e, step, buffers));
            if (element.IsComplete)
            {
                (done ??= new List<int>()).Add(element.Index);
            }
        }

        done?.ForEach(e => _open.Remove(e));
        return news;
    }

    // What was never reached comes before what was never seen in the results.
    public IEnumerable<VectorTarget> Missing() => Missing(BorderState.Open).Concat(Missing(BorderState.Reached));

    public void Count(CoverageCounts counts)
    {
        var layer = counts[_layer];
        counts[_layer] = layer with
        {
            Borders = layer.Borders + _elements.Sum(element => element.Count),
            BordersSeen = layer.BordersSeen + _elements.Sum(element => element.Reached),
        };
    }

    private IEnumerable<VectorTarget> Missing(BorderState state) => _open.Values.ToArray().SelectMany(element => element.In(state)
        .Select(n => VectorTarget.Of(_source, element.Index, element.Value(n), () => element.State(n) <= state)));
}
