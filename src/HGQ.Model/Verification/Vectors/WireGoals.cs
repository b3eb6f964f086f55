using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// The wires of a back end: both ends of each, and each of its bits as 0 and as 1, and each way to lose its top bit, in samples in
/// which that would be seen in a result of the layer.
/// </summary>
internal sealed class WireGoals : IVectorGoals
{
    private readonly WireEffects _effects;
    private readonly WireProgress[] _wires;
    private readonly List<WireProgress> _open;

    public WireGoals(IntegerProgram program, IReadOnlyList<AdderWire> wires, WireValues values)
    {
        _effects = new WireEffects(program);
        var ranges = new WireRanges(program, wires);
        _wires = wires
            .Select((wire, index) => new WireProgress(wire with { Interval = ranges.Of(wire) }, index, values, _effects))
            .Where(wire => wire.IsNarrow)
            .ToArray();
        _open = _wires.ToList();
    }

    public bool Observe(long[][] buffers, int number)
    {
        var news = false;
        var complete = false;
        _effects.Begin();
        foreach (var wire in _open)
        {
            news |= wire.Observe(buffers, number);
            complete |= wire.IsComplete;
        }

        if (complete)
        {
            _open.RemoveAll(wire => wire.IsComplete);
        }

        return news;
    }

    // What is likely comes first: top bits that were nearly lost, then ends that were nearly reached.
    public IEnumerable<VectorTarget> Missing() => _open.ToArray().SelectMany(wire => wire.Narrowing()).OrderBy(target => target.Distance).Select(target => target.Target)
        .Concat(_open.ToArray().SelectMany(wire => wire.Ends()).OrderBy(target => target.Distance).Select(target => target.Target));

    public void Count(CoverageCounts counts)
    {
        foreach (var group in _wires.GroupBy(wire => wire.Layer))
        {
            var layer = counts[group.Key];
            counts[group.Key] = layer with
            {
                Wires = layer.Wires + group.Count(wire => !wire.IsWrapped),
                WiresAtBothEnds = layer.WiresAtBothEnds + group.Count(wire => !wire.IsWrapped && wire.BothEnds),
                Bits = layer.Bits + group.Sum(wire => wire.Bits),
                BitsSeen = layer.BitsSeen + group.Sum(wire => wire.BitsSeen),
                Narrowings = layer.Narrowings + group.Sum(wire => wire.Narrowings),
                NarrowingsSeen = layer.NarrowingsSeen + group.Sum(wire => wire.NarrowingsSeen),
            };
        }
    }
}

/// <summary>Says whether a change of a wire is seen in a result of its layer.</summary>
internal sealed class WireEffects
{
    private readonly WrapStep[][] _wraps;
    private readonly RequantizeStep[]?[] _requantizes;

    // What each element is requantized to, and in which sample that was.
    private readonly (int Sample, long Result)[][] _readings;
    private int _sample = 1;

    public WireEffects(IntegerProgram program)
    {
        _wraps = program.Buffers.Select(buffer => buffer.Formats.Select(format => new WrapStep(format)).ToArray()).ToArray();
        _requantizes = SoleRequantizations.Of(program);

        _readings = _requantizes.Select(static steps => new (int, long)[steps?.Length ?? 0]).ToArray();
    }

    /// <summary>Another sample follows.</summary>
    public void Begin() => _sample++;

    /// <summary>Whether the sample would have another result with the wire changed by <paramref name="change"/>.</summary>
    public bool Shows(WirePlace place, long change, long[][] buffers)
    {
        foreach (var reader in place.Readers)
        {
            long value = buffers[reader.Buffer][reader.Element];
            long changed = _wraps[reader.Buffer][reader.Element].Apply(unchecked(value + (reader.Weight * change)));
            if (changed != value && (_requantizes[reader.Buffer] is not { } steps
                || steps[reader.Element].Apply(changed) != Result(steps, reader, value)))
            {
                return true;
            }
        }

        return false;
    }

    private long Result(RequantizeStep[] steps, WireReader reader, long value)
    {
        ref var reading = ref _readings[reader.Buffer][reader.Element];
        if (reading.Sample != _sample)
        {
            reading = (_sample, steps[reader.Element].Apply(value));
        }

        return reading.Result;
    }
}
