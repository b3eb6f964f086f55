using System;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;

namespace HGQ.Import.Drafting;

/// <summary>
/// A uniform quantizer of the source: code = clip(round(x / scale + zero), low, high). What the draft keeps is code − zero, so that 0
/// is 0.
/// </summary>
/// <param name="Scale">One step, or one a channel; positive.</param>
/// <param name="Zero">Zero point.</param>
/// <param name="RoundsWithZero">Whether the zero point is added in front of the rounding (it matters for halves to even).</param>
/// <param name="Low">Least code.</param>
/// <param name="High">Largest code.</param>
/// <param name="Rounding">Rounding of the source.</param>
internal sealed record CodeTarget(Rational[] Scale, BigInteger Zero, bool RoundsWithZero, BigInteger Low, BigInteger High,
    SourceRounding Rounding)
{
    /// <summary>
    /// Thresholds that are counted instead, in ascending order: one list, or one a channel; <see cref="Scale"/> is then only their usual
    /// distance.
    /// </summary>
    public Rational[][]? Thresholds { get; init; }

    /// <summary>Least result, the zero point subtracted.</summary>
    public BigInteger Least => Low - Zero;

    /// <summary>Largest result, the zero point subtracted.</summary>
    public BigInteger Most => High - Zero;

    /// <summary>A symmetric or unsigned range of codes without a zero point.</summary>
    public static CodeTarget Of(Rational scale, int bits, bool signed, bool narrow, SourceRounding rounding)
    {
        BigInteger high = (BigInteger.One << (signed ? bits - 1 : bits)) - 1;
        BigInteger low = signed ? -high - 1 : BigInteger.Zero;
        return new CodeTarget([scale], 0, RoundsWithZero: false, signed && narrow ? low + 1 : low, !signed && narrow ? high - 1
            : high, rounding);
    }

    public Rational ScaleOf(int channel) => Scale[Scale.Length == 1 ? 0 : channel];

    /// <summary>The code of a number, the zero point subtracted.</summary>
    public BigInteger Code(int channel, Rational x)
    {
        if (Thresholds is { } lists)
        {
            Rational[] list = lists[lists.Length == 1 ? 0 : channel];
            int found = Array.BinarySearch(list, x);
            found = found < 0 ? ~found : found;
            while (found < list.Length && list[found] <= x)
            {
                found++;
            }

            return found;
        }

        Rational scaled = x / ScaleOf(channel);
        BigInteger code = RoundsWithZero ? Roundings.Apply(Rounding, scaled + Zero) : Roundings.Apply(Rounding, scaled) + Zero;
        return BigInteger.Max(Low, BigInteger.Min(High, code)) - Zero;
    }

    /// <summary>Whether adding the zero point behind the rounding gives the same.</summary>
    public bool ZeroCommutes => !RoundsWithZero || Zero.IsZero
        || (Rounding is SourceRounding.HalfEven ? Zero.IsEven
            : Rounding is SourceRounding.Floor or SourceRounding.Ceiling or SourceRounding.HalfUp or SourceRounding.HalfDown);

    public bool HasPowersOfTwo => Scale.All(static scale => scale.IsPowerOfTwo);

    /// <summary>
    /// The narrowest format with <paramref name="fractionBits"/> that holds low to high, how it clips, and whether that is all.
    /// </summary>
    public static (FixedPointFormat Format, OverflowMode Overflow, bool Exact) FormatOf(BigInteger low, BigInteger high, int fractionBits)
    {
        FixedPointFormat format = FixedPointFormat.ForInterval(new RawInterval(low, high), fractionBits);
        bool whole = format.MinRaw == low && format.MaxRaw == high;
        bool symmetric = format.Signed && low == -format.MaxRaw && high == format.MaxRaw;
        return (format, symmetric ? OverflowMode.SaturateSymmetric : OverflowMode.Saturate, whole || symmetric);
    }
}
