using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>A case of an element: a value, or some of its bits.</summary>
/// <param name="Value">A value of the source for which it holds.</param>
/// <param name="Mask">Bits of the source that decide.</param>
/// <param name="Low">Smallest value for which it holds.</param>
/// <param name="High">Largest value for which it holds.</param>
/// <param name="Times">In how many samples it is wanted: more than one where what else a sample holds may hide a fault.</param>
internal readonly record struct ValueBorder(long Value, long Mask, long Low, long High, int Times = 1)
{
    /// <summary>Whether a value of the source is such a case.</summary>
    public bool Holds(long value) => value >= Low && value <= High && (value & Mask) == (Value & Mask);
}

/// <summary>
/// The cases of an element: values on both sides of each limit and of a relu, and of the dropped bits none, the least, half and
/// its neighbours and all, above and below 0, with an even and an odd rest.
/// </summary>
internal static class ValueBorders
{
    private const int WidestShift = 40;

    // Half of a step goes up or down by a sign or a bit, which wrong code may take from another element.
    private const int HalfTimes = 3;
    private const int WidestValue = 60;

    /// <summary>The cases of a requantized element; some may be out of reach.</summary>
    public static IEnumerable<ValueBorder> Of(IntegerProgram program, RequantizeInstruction requantize, int e)
    {
        var format = program.Buffers[requantize.Destination].Formats[e];
        if (format.IsZero)
        {
            return Enumerable.Empty<ValueBorder>();
        }

        int shift = requantize.Shifts[e];
        var borders = new List<ValueBorder>();
        if (requantize.Relu)
        {
            borders.AddRange(Points(-1, 0, 1));
        }

        if (shift > 0 && shift <= WidestShift && requantize.Roundings[e] != RoundingMode.Truncate)
        {
            borders.AddRange(Dropped(shift));
        }

        if (shift > -WidestShift && format.Width + Math.Max(0, shift) < WidestValue)
        {
            borders.AddRange(Limits(format, shift, requantize.Roundings[e]));
        }

        return borders.Distinct();
    }

    /// <summary>The cases of a clamped element.</summary>
    public static IEnumerable<ValueBorder> Of(ClampInstruction clamp, int e)
        => Math.Abs(clamp.Low[e]) < 1L << WidestValue && Math.Abs(clamp.High[e]) < 1L << WidestValue
            ? Points(clamp.Low[e] - 1, clamp.Low[e], clamp.Low[e] + 1, clamp.High[e] - 1, clamp.High[e], clamp.High[e] + 1).Distinct()
            : Enumerable.Empty<ValueBorder>();

    private static IEnumerable<ValueBorder> Points(params long[] values) => values.Select(value => new ValueBorder(value, -1, value, value));

    // Dropped bits at either sign; the lowest kept bit decides a rounding to even, the one above it must not.
    private static IEnumerable<ValueBorder> Dropped(int shift)
    {
        long all = (1L << shift) - 1, half = 1L << (shift - 1);
        foreach (long rest in new[] { 0, 1, half - 1, half, half + 1, all }.Where(rest => rest >= 0 && rest <= all).Distinct())
        {
            bool isHalf = rest == half;
            int kept = isHalf ? 2 : 1, times = isHalf ? HalfTimes : 1;
            long mask = (1L << (shift + kept)) - 1;
            for (long above = 0; above < 1 << kept; above++)
            {
                long value = rest + (above << shift);
                yield return new ValueBorder(value, mask, 0, long.MaxValue, times);
                yield return new ValueBorder(value - mask - 1, mask, long.MinValue, -1, times);
            }
        }
    }

    // The values on both sides of where the rounded number reaches a limit, and of where it leaves it; and any value at a limit or
    // beyond it, for no sum may have the first such value.
    private static IEnumerable<ValueBorder> Limits(FixedPointFormat format, int shift, RoundingMode rounding)
    {
        long low = (long)format.MinRaw, high = (long)format.MaxRaw;
        foreach (long limit in new[] { low - 1, low, low + 1, high, high + 1 }.Distinct())
        {
            long first = Smallest(limit, shift, rounding);
            foreach (var point in Points(first - 1, first))
            {
                yield return point;
            }

            yield return limit >= high
                ? new ValueBorder(first, 0, first, long.MaxValue)
                : new ValueBorder(first - 1, 0, long.MinValue, first - 1);
        }
    }

    // The smallest number that rounds to at least the limit: every rounding is monotone.
    private static long Smallest(long limit, int shift, RoundingMode rounding)
    {
        if (shift <= 0)
        {
            return -((-limit) >> -shift);
        }

        long low = (limit - 1) << shift, high = (limit + 1) << shift;
        while (low < high)
        {
            long middle = low + ((high - low) >> 1);
            if (FixedPointArithmetic.ShiftRound(middle, shift, rounding) >= limit)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
