using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Inputs;

/// <summary>
/// Standardised reals in single precision. z = x · k + c, with k = 2^f / scale and c = −mean · 2^f / scale, estimates the defined
/// D = float32((x − mean) / scale) · 2^f; where z is further than the error from every border between two codes, D rounds to the
/// whole number that z is nearest to, under every rounding to the nearest.
/// </summary>
/// <remarks>
/// Proof, with u = 2^−24, t = a + b for the exact a = x · 2^f / scale and b = −mean · 2^f / scale, and terms of u² left to the slack:
/// k and c are rounded once, so x · k + c is within u·|a| + u·|b| of t, and the fused multiply-add rounds once more: u·|z|.
/// |a| ≤ |z| + |b|; so |z − t| ≤ u(2|z| + 2|c|). In the definition only the rounding to float32 counts: |D − t| ≤ u|z|. What
/// underflows is below 2^−149, times at most 2^60. Together |z − D| ≤ u(3|z| + 2|c|); doubles are rounded to x first, which adds
/// u·|a|: u(4|z| + 3|c|). <see cref="Epsilon"/> times |z| + |c| + 1 is at least u more, which covers the two roundings of the
/// comparison (each at most u/2: its numbers are below 1). Where |z| is 2^21 or more, infinite or not a number, the comparison fails.
/// Limits (Saturate) are applied to z before: beyond a limit by less than the error, D still rounds to the limit.
/// </remarks>
internal sealed class StandardizedReals
{
    private const double MostFactor = 1L << 60;
    private const double MostOffset = 1 << 30;

    // One of 4,096 reals is nearer than this to a border.
    private const double MostUniform = 1 << 10;
    private readonly float[] _offsets;

    private StandardizedReals(FixedPointFormat[] formats, QuantizeInputInstruction port, Standardization standardization, string type, float[] factors, float[] offsets)
    {
        Formats = formats;
        Port = port;
        Standardization = standardization;
        Type = type;
        Factors = Array.ConvertAll(factors, Text);
        Offsets = Array.ConvertAll(offsets, Text);
        _offsets = offsets;
    }

    /// <summary>Format of each element.</summary>
    public FixedPointFormat[] Formats { get; }

    /// <summary>The conversion.</summary>
    public QuantizeInputInstruction Port { get; }

    /// <summary>Mean and scale of each element.</summary>
    public Standardization Standardization { get; }

    /// <summary>Type of the reals.</summary>
    public string Type { get; }

    /// <summary>k of each element; 0 where the format holds only 0.</summary>
    public string[] Factors { get; }

    /// <summary>c of each element.</summary>
    public string[] Offsets { get; }

    /// <summary>Whether all c are 0.</summary>
    public bool IsCentred => Array.TrueForAll(_offsets, offset => offset == 0);

    /// <summary>Whether the limits of the formats are applied to z.</summary>
    public bool Limits => Port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric;

    /// <summary>Whether the error is estimated for each z; where limits make z small it is not.</summary>
    public bool WeighsMagnitude => !Limits || Formats.Max(format => (double)(format.MaxRaw - Low(format))) > MostUniform;

    /// <summary>Whether the part of the error that comes from c is estimated for each element.</summary>
    public bool WeighsOffsets => _offsets.Max(Math.Abs) > MostUniform;

    /// <summary>The error, as a part of |z| + |c| + 1.</summary>
    public string Epsilon => Text((float)Unit);

    /// <summary>What the distance from the nearest whole number, and the errors that are weighed, must stay below.</summary>
    public string Border
    {
        get
        {
            double magnitude = WeighsMagnitude ? 0 : Formats.Max(format => (double)BigInteger.Max(format.MaxRaw, -Low(format)));
            double offset = WeighsOffsets ? 0 : _offsets.Max(Math.Abs) + 1;
            return Text((float)(0.5 - (Unit * (magnitude + offset))));
        }
    }

    /// <summary>The error that comes from c, of each element.</summary>
    public string[] OffsetErrors => Array.ConvertAll(_offsets, offset => Text((float)(Unit * (Math.Abs(offset) + 1))));

    private double Unit => Type == "float" ? 1.0 / (1 << 22) : 1.0 / (1 << 21);

    /// <summary>
    /// The reals of a port, or null where single precision can't hold k or c, or borders are whole numbers, which means themselves
    /// meet.
    /// </summary>
    public static StandardizedReals? Of(FixedPointFormat[] formats, QuantizeInputInstruction port, Standardization standardization, string type)
    {
        if (port.Rounding is RoundingMode.Truncate or RoundingMode.TruncateToZero || formats.Any(format => format.FractionBits is < -60 or > 60))
        {
            return null;
        }

        var factors = new float[formats.Length];
        var offsets = new float[formats.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            double scale = Number(standardization.Scale[e]), step = Math.Pow(2, formats[e].FractionBits);
            double factor = step / scale, offset = -Number(standardization.Mean[e]) * factor;
            if (!(Math.Abs(factor) is <= MostFactor and >= 1 / MostFactor && Math.Abs(offset) <= MostOffset))
            {
                return null;
            }

            factors[e] = formats[e].IsZero ? 0 : (float)factor;
            offsets[e] = formats[e].IsZero || offset == 0 ? 0 : (float)offset;
        }

        return new StandardizedReals(formats, port, standardization, type, factors, offsets);
    }

    /// <summary>Smallest code of a format under the overflow of the port.</summary>
    public BigInteger Low(FixedPointFormat format) => Port.Overflow == OverflowMode.SaturateSymmetric && format.Signed ? -format.MaxRaw : format.MinRaw;

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("G9", CultureInfo.InvariantCulture) + "F";
}
