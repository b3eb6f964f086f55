using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference.Native;

/// <summary>
/// What C does to the sum <c>a</c> of a result: relu, rounding, shift, mask; a constant where all elements agree, a table where they do not.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="requantize">The quantizer.</param>
/// <param name="table">Writes a table of a C type and names it.</param>
internal sealed class LoopQuantizer(IntegerProgram program, RequantizeInstruction requantize, Func<string, IEnumerable<long>, string> table)
{
    private FixedPointFormat[] Formats { get; } = [.. program.Buffers[requantize.Destination].Formats];

    private int[] Shifts { get; } = [.. requantize.Shifts];

    /// <summary>The expression for the element of an index.</summary>
    /// <param name="index">The index within a period of elements.</param>
    /// <param name="period">Elements of one position.</param>
    /// <param name="everywhere">The index among all elements.</param>
    /// <exception cref="NotSupportedException">It rounds or overflows in a way that the loops do not know.</exception>
    public string Write(string index, int period, string everywhere)
    {
        string Column(string type, IEnumerable<long> values)
        {
            long[] all = [.. values];
            bool repeats = all.Select((value, e) => value == all[e % period]).All(same => same);
            return all.Distinct().Count() == 1 ? all[0].ToString(CultureInfo.InvariantCulture)
                : repeats ? $"{table(type, all.Take(period))}[{index}]"
                : $"{table(type, all)}[{everywhere}]";
        }

        string value = requantize.Relu ? "(a < 0 ? 0 : a)" : "a";
        if (IsUniform)
        {
            return $"({value} >> {Column("int8_t", Shifts.Select(shift => (long)shift))}) & {Formats[0].MaxRaw.ToString(CultureInfo.InvariantCulture)}";
        }

        if (requantize.Roundings.Any(rounding => rounding != RoundingMode.Truncate))
        {
            value = $"({value} + {Column("int32_t", Shifts.Select((shift, e) => Half(requantize.Roundings[e], shift)))})";
        }

        value = Shifted(value, ">>", Column("int8_t", Shifts.Select(shift => (long)Math.Max(shift, 0))));
        value = Shifted(value, "<<", Column("int8_t", Shifts.Select(shift => (long)Math.Max(-shift, 0))));
        return requantize.Overflows.All(overflow => overflow == OverflowAction.None) ? value : Wrapped(value, Column);
    }

    private bool IsUniform => Array.TrueForAll(Formats, format => !format.Signed && format == Formats[0])
        && Array.TrueForAll(Shifts, shift => shift >= 0)
        && requantize.Overflows.All(IsWrap)
        && requantize.Roundings.All(rounding => rounding == RoundingMode.Truncate);

    private static bool IsWrap(OverflowAction overflow) => overflow is OverflowAction.Wrap or OverflowAction.None;

    private static string Shifted(string value, string operation, string bits) => bits == "0" ? value : $"({value} {operation} {bits})";

    private long Half(RoundingMode rounding, int shift) => rounding switch
    {
        RoundingMode.Truncate => 0,
        RoundingMode.RoundHalfUp => shift > 0 ? 1L << (shift - 1) : 0,
        _ => throw new NotSupportedException($"The loops do not round by {rounding} (layer '{requantize.Layer}')."),
    };

    // What is proven to fit is not changed by wrapping.
    private string Wrapped(string value, Func<string, IEnumerable<long>, string> column)
    {
        if (requantize.Overflows.FirstOrDefault(overflow => !IsWrap(overflow)) is var other and not OverflowAction.None)
        {
            throw new NotSupportedException($"The loops do not overflow by {other} (layer '{requantize.Layer}').");
        }

        string masked = $"({value} & {column("int32_t", Formats.Select(format => format.IsZero ? 0 : (1L << format.Width) - 1))})";
        string sign = column("int32_t", Formats.Select(format => format.Signed && !format.IsZero ? 1L << (format.Width - 1) : 0));
        return sign == "0" ? masked : $"({masked} ^ {sign}) - {sign}";
    }
}
