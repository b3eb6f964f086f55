using System;
using System.Globalization;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>
/// Borders between the codes of an input as numbers in single precision: whoever compares a real with them has its code, without
/// computing it (docs/integer-program.md §1, docs/fixed-point.md §5).
/// </summary>
public static class InputBorders
{
    private const int WidestInteger = 61;

    /// <summary>
    /// The smallest single that becomes at least <paramref name="code"/> where the format had no end: found by bisection over all
    /// singles with the exact conversion, which never falls as its argument rises.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="port">One of its conversions of inputs.</param>
    /// <param name="element">Element of the port.</param>
    /// <param name="code">A raw integer of the element's format, or beyond its ends.</param>
    /// <returns>The border; +∞ where no finite single becomes <paramref name="code"/>; NaN where the element's scale is not positive, or its step not within 2^±60, which this does not compute.</returns>
    public static float Smallest(IntegerProgram program, QuantizeInputInstruction port, int element, long code)
    {
        var format = program.Buffers[port.Destination].Formats[element];
        var standardization = program.Inputs[port.Input].Standardization;
        double mean = standardization is null ? 0 : Number(standardization.Mean[element]), scale = standardization is null ? 1 : Number(standardization.Scale[element]);
        if (!(scale > 0) || format.FractionBits is < -60 or > 60)
        {
            return float.NaN;
        }

        var endless = new FixedPointFormat(true, WidestInteger - format.FractionBits, format.FractionBits);
        long low = Order(float.NegativeInfinity), high = Order(float.PositiveInfinity);
        while (low < high)
        {
            long middle = low + ((high - low) >> 1);
            double x = At(middle);
            double standardized = standardization is null ? x : (float)((x - mean) / scale);
            if (FixedPointArithmetic.FromDouble(standardized, endless, port.Rounding, OverflowMode.Saturate) >= code)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return At(low);
    }

    /// <summary>The single below a number.</summary>
    /// <param name="x">A single that is no NaN and not −∞.</param>
    public static float Below(float x) => At(Order(x) - 1);

    // Singles in order are whole numbers in order; the two zeros are one.
    private static long Order(float x)
    {
        int bits = BitConverter.ToInt32(BitConverter.GetBytes(x), 0);
        return bits >= 0 ? bits : int.MinValue - (long)bits;
    }

    private static float At(long order)
        => BitConverter.ToSingle(BitConverter.GetBytes(order >= 0 ? (int)order : (int)(int.MinValue - order)), 0);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
