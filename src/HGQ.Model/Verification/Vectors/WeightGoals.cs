using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Each weight of a constant product (0 too), one more and one less, in a sample whose results would show it.</summary>
internal sealed class WeightGoals : IVectorGoals
{
    private readonly ConstantProductInstruction _product;
    private readonly ResultEffects _effects;
    private readonly WrapStep[] _wraps;
    private readonly List<Weight> _open = new();
    private readonly (long Low, long High)[] _ranges;

    public WeightGoals(IntegerProgram program, ConstantProductInstruction product, ResultEffects effects)
    {
        _product = product;
        _effects = effects;
        _wraps = program.Buffers[product.Destination].Formats.Select(format => new WrapStep(format)).ToArray();
        var intervals = program.Buffers[product.Source].Intervals;
        _ranges = intervals.Select(i => i.Low < long.MinValue || i.High > long.MaxValue ? (0L, 0L) : ((long)i.Low, (long)i.High)).ToArray();
        int perPosition = product.Groups * product.Outputs;
        for (var o = 0; o < perPosition; o++)
        {
            int group = o / product.Outputs;
            for (int t = group * product.Taps; t < (group + 1) * product.Taps; t++)
            {
                var (low, high) = _ranges[product.PositionOffsets[0] + product.TapOffsets[t]];
                if (low != high)
                {
                    _open.Add(new Weight(o, t));
                }
            }
        }
    }

    public bool Observe(long[][] buffers, int number)
    {
        long[] source = buffers[_product.Source], sums = buffers[_product.Destination];
        var news = false;
        var complete = false;
        foreach (var weight in _open)
        {
            // Every position has the same weights; the positions are looked at in turn.
            int position = number % _product.PositionOffsets.Length;
            long value = source[_product.PositionOffsets[position] + _product.TapOffsets[weight.Tap]];
            if (value == 0 || !_effects.IsWorthwhile(++weight.Looks))
            {
                continue;
            }

            int e = (position * _product.Groups * _product.Outputs) + weight.Output;
            if (!weight.More && _effects.Shows(_product.Destination, e, _wraps[e].Apply(unchecked(sums[e] + value)), buffers))
            {
                weight.More = news = true;
            }

            if (!weight.Less && _effects.Shows(_product.Destination, e, _wraps[e].Apply(unchecked(sums[e] - value)), buffers))
            {
                weight.Less = news = true;
            }

            complete |= weight.IsSeen;
        }

        if (complete)
        {
            _open.RemoveAll(weight => weight.IsSeen);
        }

        return news;
    }

    // An operand that is far from 0, whichever way; where that is hidden, the other operands must change.
    public IEnumerable<VectorTarget> Missing() => _open.ToArray().SelectMany(weight =>
    {
        int element = _product.PositionOffsets[0] + _product.TapOffsets[weight.Tap];
        var (low, high) = _ranges[element];
        return new[] { high, low }.Where(value => value != 0)
            .Select(value => VectorTarget.Of(_product.Source, element, value, () => !weight.IsSeen));
    });

    public void Count(CoverageCounts counts)
    {
        // The counts of a layer are those of its elements, borders and wires.
    }

    private sealed class Weight(int output, int tap)
    {
        public int Output { get; } = output;

        public int Tap { get; } = tap;

        public bool More { get; set; }

        public bool Less { get; set; }

        public int Looks { get; set; }

        public bool IsSeen => More && Less;
    }
}
