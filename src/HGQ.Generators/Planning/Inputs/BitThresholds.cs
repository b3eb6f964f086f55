using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Inputs;

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

    /// <summary>
    /// Bits that those of every real, or of its magnitude where formats limit, must not exceed; null where that depends on the element.
    /// </summary>
    public int? Limit => Most is null ? PositiveInfinity : Most.Distinct().Count() == 1 ? Most[0] : null;

    /// <summary>
    /// The thresholds of a port, or null where not all codes are single bits, or reals below 0 are to be expected that overflow.
    /// </summary>
    public static BitThresholds? Of(IntegerProgram program, QuantizeInputInstruction port)
    {
        var formats = program.Buffers[port.Destination].Formats.ToArray();
        var standardization = program.Inputs[port.Input].Standardization;
        bool limits = port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric;
        if (formats.Any(format => format.Width > 1 || (format.Signed && !format.IsZero)) || (!limits && standardization is not null && !IsCentred(standardization)))
        {
            return null;
        }

        var known = new Dictionary<(int?, string?, string?), (float One, float Most)>();
        var found = new (float One, float Most)[formats.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            var key = (formats[e].IsZero ? (int?)null : formats[e].FractionBits, standardization?.Mean[e], standardization?.Scale[e]);
            if (!known.TryGetValue(key, out found[e]))
            {
                found[e] = formats[e].IsZero ? (float.NaN, float.MaxValue) : (Border(1), InputBorders.Below(Border(2)));
                bool holds = formats[e].IsZero || (!float.IsNaN(found[e].One) && (limits || (Border(0) <= 0 && found[e].Most >= 0)));
                if (!holds)
                {
                    return null;
                }

                known.Add(key, found[e]);
            }

            float Border(long code) => InputBorders.Smallest(program, port, e, code);
        }

        return new BitThresholds(Array.ConvertAll(found, x => Text(x.One)), limits ? null : Array.ConvertAll(found, x => Bits(x.Most)));
    }

    private static bool IsCentred(Standardization standardization) => standardization.Mean.All(mean => StandardizedReals.Number(mean) == 0);

    private static int Bits(float x) => BitConverter.ToInt32(BitConverter.GetBytes(x), 0);

    private static string Text(float x) => float.IsNaN(x) ? "float.NaN"
        : Bits(x) == PositiveInfinity ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(x) ? "float.NegativeInfinity"
        : x.ToString("G9", System.Globalization.CultureInfo.InvariantCulture) + "F";
}
