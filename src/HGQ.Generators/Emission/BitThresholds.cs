using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>
/// Reals whose codes are single bits: the smallest single whose code is 1, found by bisection over the exact conversion, which never
/// falls. Formats that limit know every real but what is no number; for the others there is a largest single, and none below 0, up to
/// which codes are those of the format before it overflows.
/// </summary>
internal sealed class BitThresholds
{
    private const int PositiveInfinity = 0x7F800000;

    private BitThresholds(string[] ones, int[]? most)
    {
        Ones = ones;
        Most = most;
    }

    /// <summary>The smallest real whose code is 1, for each element.</summary>
    public string[] Ones { get; }

    /// <summary>Bits of the largest single that does not overflow, for each element; null where formats limit.</summary>
    public int[]? Most { get; }

    /// <summary>Bits that those of every real, or of its magnitude where formats limit, must not exceed; null where that depends on the element.</summary>
    public int? Limit => Most is null ? PositiveInfinity : Most.Distinct().Count() == 1 ? Most[0] : null;

    /// <summary>The thresholds of a port, or null where not all codes are single bits, or reals below 0 are to be expected that overflow.</summary>
    public static BitThresholds? Of(IntegerProgram program, QuantizeInputInstruction port)
    {
        var formats = program.Buffers[port.Destination].Formats.ToArray();
        var standardization = program.Inputs[port.Input].Standardization;
        bool limits = port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric;
        if (formats.Any(format => format.Width > 1 || (format.Signed && !format.IsZero)) || (!limits && standardization is not null && !IsCentred(standardization)))
        {
            return null;
        }

        var known = new Dictionary<(int?, double, double), (float One, float Most)>();
        var found = new (float One, float Most)[formats.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            double mean = standardization is null ? 0 : StandardizedReals.Number(standardization.Mean[e]);
            double scale = standardization is null ? 1 : StandardizedReals.Number(standardization.Scale[e]);
            var key = (formats[e].IsZero ? (int?)null : formats[e].FractionBits, mean, scale);
            if (!known.TryGetValue(key, out found[e]))
            {
                if (scale <= 0 || formats[e].FractionBits is < -60 or > 60)
                {
                    return null;
                }

                long Code(float x) => Unlimited(standardization is null ? x : (float)((x - mean) / scale), formats[e].FractionBits, port.Rounding);
                if (!limits && !formats[e].IsZero && Code(0) is < 0 or > 1)
                {
                    return null;
                }

                found[e] = formats[e].IsZero ? (float.NaN, float.MaxValue) : (Smallest(x => Code(x) >= 1), Below(Smallest(x => Code(x) >= 2)));
                known.Add(key, found[e]);
            }
        }

        return new BitThresholds(Array.ConvertAll(found, x => Text(x.One)), limits ? null : Array.ConvertAll(found, x => Bits(x.Most)));
    }

    private static bool IsCentred(Standardization standardization) => standardization.Mean.All(mean => StandardizedReals.Number(mean) == 0);

    // As if the format had no end.
    private static long Unlimited(float x, int fractionBits, RoundingMode rounding)
        => FixedPointArithmetic.FromDouble(x, new FixedPointFormat(true, 61 - fractionBits, fractionBits), rounding, OverflowMode.Saturate);

    // Singles in order are whole numbers in order.
    private static float Smallest(Func<float, bool> holds)
    {
        long low = Order(float.NegativeInfinity), high = Order(float.PositiveInfinity);
        while (low < high)
        {
            long middle = low + ((high - low) >> 1);
            if (holds(At(middle)))
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

    private static float Below(float x) => At(Order(x) - 1);

    private static long Order(float x) => Bits(x) is var bits && bits >= 0 ? bits : int.MinValue - (long)bits;

    private static float At(long order) => BitConverter.ToSingle(BitConverter.GetBytes(order >= 0 ? (int)order : (int)(int.MinValue - order)), 0);

    private static int Bits(float x) => BitConverter.ToInt32(BitConverter.GetBytes(x), 0);

    private static string Text(float x) => float.IsNaN(x) ? "float.NaN"
        : Bits(x) == PositiveInfinity ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(x) ? "float.NegativeInfinity"
        : x.ToString("G9", System.Globalization.CultureInfo.InvariantCulture) + "F";
}
