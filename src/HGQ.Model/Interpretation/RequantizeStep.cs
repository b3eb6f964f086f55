using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Interpretation;

/// <summary>One element of a requantize instruction.</summary>
internal readonly struct RequantizeStep
{
    private readonly FixedPointFormat _source;
    private readonly FixedPointFormat _target;
    private readonly RoundingMode _rounding;
    private readonly OverflowMode _overflow;
    private readonly bool _relu;
    private readonly bool _constant;
    private readonly long _value;

    private RequantizeStep(IntegerProgram program, RequantizeInstruction instruction, int e)
    {
        _target = program.Buffers[instruction.Destination].Formats[e];

        // The instruction's shift decides, whatever the formats' fraction bits: a moved binary point has shift 0.
        var source = program.Buffers[instruction.Source].Formats[e];
        int fractionBits = _target.FractionBits + instruction.Shifts[e];
        _source = new FixedPointFormat(source.Signed, source.IntegerBits + source.FractionBits - fractionBits, fractionBits);
        _rounding = instruction.Roundings[e];
        _overflow = OverflowRange.ModeOf(instruction.Overflows[e]);
        _relu = instruction.Relu;
        var interval = program.Buffers[instruction.Destination].Intervals[e];
        _constant = interval.IsPoint || _target.IsZero;
        _value = _constant && !_target.IsZero ? _target.ToStorage(interval.Low) : 0;
    }

    public static RequantizeStep[] Of(IntegerProgram program, RequantizeInstruction instruction)
        => Enumerable.Range(0, instruction.Shifts.Length).Select(e => new RequantizeStep(program, instruction, e)).ToArray();

    public long Apply(long raw)
    {
        if (_constant)
        {
            return _value;
        }

        long value = _relu && _source.Signed && raw < 0 ? 0 : raw;
        return FixedPointArithmetic.Quantize(value, _source, _target, _rounding, _overflow);
    }
}
