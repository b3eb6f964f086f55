using System;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Interpretation;

/// <summary>One code port: standardises and quantizes reals, checks codes.</summary>
internal sealed class InputPort
{
    private readonly QuantizeInputInstruction _instruction;
    private readonly FixedPointFormat[] _formats;
    private readonly double[]? _mean;
    private readonly double[]? _scale;
    private readonly int _first;
    private readonly string _name;

    public InputPort(IntegerProgram program, QuantizeInputInstruction instruction)
    {
        _instruction = instruction;
        _formats = program.Buffers[instruction.Destination].Formats.Items;
        var input = program.Inputs[instruction.Input];
        _name = input.Name;
        _first = program.Inputs.Take(instruction.Input).Sum(before => before.Shape.Size);
        if (input.Standardization is { } standardization)
        {
            _mean = standardization.Mean.Select(Parse).ToArray();
            _scale = standardization.Scale.Select(Parse).ToArray();
        }
    }

    public int Length => _formats.Length;

    public string Layer => _instruction.Layer;

    public int Destination => _instruction.Destination;

    public void Encode(double[] inputs, long[] codes, int offset)
    {
        for (var e = 0; e < _formats.Length; e++)
        {
            if (!FixedPointArithmetic.TryFromDouble(Standardized(inputs, e), _formats[e], _instruction.Rounding, _instruction.Overflow, out codes[offset + e]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"element {e} of input '{_name}' is {inputs[_first + e]}, which has no value in {_formats[e]} under {_instruction.Overflow}"),
                    nameof(inputs));
            }
        }
    }

    /// <summary>
    /// Counts the elements that rounding leaves outside of the format's range, so that overflow handling changes them. Those without bits
    /// are constants, and left out.
    /// </summary>
    /// <param name="inputs">All inputs, before standardisation.</param>
    /// <param name="first">The first of them; −1 where there is none.</param>
    public int CountOverflows(double[] inputs, out int first)
    {
        var count = 0;
        first = -1;
        for (var e = 0; e < _formats.Length; e++)
        {
            var wide = new FixedPointFormat(true, FixedPointFormat.MaxWidth - 1 - _formats[e].FractionBits, _formats[e].FractionBits);
            long raw = FixedPointArithmetic.FromDouble(Standardized(inputs, e), wide, _instruction.Rounding, OverflowMode.Saturate);
            if (!_formats[e].IsZero && !_formats[e].Contains(raw))
            {
                first = count++ == 0 ? e : first;
            }
        }

        return count;
    }

    public void Load(long[] codes, int offset, long[] buffer)
    {
        for (var e = 0; e < _formats.Length; e++)
        {
            long code = codes[offset + e];
            var format = _formats[e];
            if (!Holds(format, code))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"code {e} of input '{_name}' is {code}, outside {format} with raw range {format.RawInterval}"),
                    nameof(codes));
            }

            buffer[e] = code;
        }
    }

    private double Standardized(double[] inputs, int e)
    {
        double x = inputs[_first + e];
        return _mean is null || _scale is null ? x : (float)((x - _mean[e]) / _scale[e]);
    }

    private static bool Holds(FixedPointFormat format, long code)
    {
        int width = format.Width;
        return width switch
        {
            <= 0 => code == 0,
            >= FixedPointFormat.MaxWidth => true,
            _ when format.Signed => code >> (width - 1) is 0 or -1,
            _ => code >> width == 0,
        };
    }

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
