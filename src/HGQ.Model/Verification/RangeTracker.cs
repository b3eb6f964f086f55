using System;
using HGQ.Model.FixedPoint;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Keeps the least and the greatest value of each element of a layer.</summary>
internal sealed class RangeTracker
{
    private readonly IntegerProgram _program;
    private readonly LayerProbe _probe;
    private readonly long[] _least;
    private readonly long[] _greatest;
    private bool _isEmpty = true;

    public RangeTracker(IntegerProgram program, LayerProbe probe)
    {
        (_program, _probe) = (program, probe);
        _least = new long[probe.Indices.Length];
        _greatest = new long[probe.Indices.Length];
    }

    /// <summary>What was found; a layer without samples stays at 0.</summary>
    public LayerRange Range
    {
        get
        {
            double least = double.PositiveInfinity, greatest = double.NegativeInfinity, lowest = 0, highest = 0;
            var unchanged = 0;
            for (var e = 0; e < _least.Length; e++)
            {
                var format = FormatOf(e);
                least = Math.Min(least, FixedPointArithmetic.ToDouble(_least[e], format));
                greatest = Math.Max(greatest, FixedPointArithmetic.ToDouble(_greatest[e], format));
                lowest = Math.Min(lowest, _probe.Formats[e].MinValue);
                highest = Math.Max(highest, _probe.Formats[e].MaxValue);
                unchanged += _least[e] == _greatest[e] ? 1 : 0;
            }

            return new LayerRange(
                _probe.Layer, _isEmpty ? 0 : least, _isEmpty ? 0 : greatest, lowest, highest, _least.Length, unchanged);
        }
    }

    /// <summary>Looks at the sample that was computed last.</summary>
    public void Add(ReferenceInterpreter interpreter)
    {
        var values = interpreter.RawBuffers[_probe.Buffer];
        for (var e = 0; e < _least.Length; e++)
        {
            int index = _probe.Indices[e];
            long value = index >= 0 ? values[index] : index == LayerProbe.Constant ? _probe.Constants[e] : 0;
            _least[e] = _isEmpty || IsBelow(e, value, _least[e]) ? value : _least[e];
            _greatest[e] = _isEmpty || IsBelow(e, _greatest[e], value) ? value : _greatest[e];
        }

        _isEmpty = false;
    }

    // 64 unsigned bits are stored as a negative number where the highest is set (fixed-point.md §1.5).
    private bool IsBelow(int element, long left, long right) =>
        FormatOf(element).IsUnsigned64 ? unchecked((ulong)left < (ulong)right) : left < right;

    private FixedPointFormat FormatOf(int element) =>
        _probe.Indices[element] is >= 0 and var index ? _program.Buffers[_probe.Buffer].Formats[index] : _probe.Formats[element];
}
