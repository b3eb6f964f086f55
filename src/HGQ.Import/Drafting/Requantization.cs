using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>
/// Integer multipliers that replace rational scales: code = clip(round half even((m · x + o) / 2^n)), accepted only if every border
/// between two codes lies
/// between the same two integers as in the source, for all integers that the weights allow.
/// </summary>
/// <param name="Scale">m / 2^n of each channel, for real inputs.</param>
/// <param name="Offset">o / 2^n of each channel.</param>
/// <param name="Least">Least code.</param>
/// <param name="Most">Largest code.</param>
/// <param name="Rounding">Rounding of the product.</param>
internal sealed record Requantization(Rational[] Scale, Rational[] Offset, BigInteger Least, BigInteger Most, RoundingMode Rounding)
{
    private const int MostShift = 40;
    private const int MostTableBits = 12;

    /// <summary>The shortest multipliers of all channels, or null where a channel has none.</summary>
    public static Requantization? Find(TensorValue value, CodeTarget target)
    {
        CodeBorders[]? borders = Borders(value, target);
        if (borders is null)
        {
            return null;
        }

        BigInteger least = borders.Min(static b => b.Least), most = borders.Max(static b => b.Most);
        var scale = new Rational[borders.Length];
        var offset = new Rational[borders.Length];
        for (var c = 0; c < borders.Length; c++)
        {
            if (borders[c].Multiplier(least, most, MostShift) is not { } found)
            {
                return null;
            }

            scale[c] = new Rational(found.Factor, BigInteger.One << found.Shift) * Rational.PowerOfTwo(BitsOf(value.Range!, c));
            offset[c] = new Rational(found.Summand, BigInteger.One << found.Shift);
        }

        return new Requantization(scale, offset, least, most, RoundingMode.RoundHalfEven);
    }

    /// <summary>A table for each channel, or null where the integers are too wide for one.</summary>
    public static RequantizationTables? Table(TensorValue value, CodeTarget target)
    {
        ChannelRange range = value.Range!;
        FixedPointFormat input = FixedPointFormat.ForInterval(new RawInterval(range.Low.Min(), range.High.Max()), range.FractionBits);
        if (input.Width is < 1 or > MostTableBits)
        {
            return null;
        }

        (FixedPointFormat output, _, _) = CodeTarget.FormatOf(target.Least, target.Most, 0);
        bool uniform = target.Scale.Length == 1 && target.Thresholds is not { Length: > 1 }
            && value.Steps.All(static step => step is not AffineStep a || (a.Scale.Length == 1 && a.Offset.Length == 1));
        var tables = new LookupTable[uniform ? 1 : value.Channels];
        for (var c = 0; c < tables.Length; c++)
        {
            var entries = new long[1 << input.Width];
            for (var n = 0; n < entries.Length; n++)
            {
                long raw = input.Signed && n >= entries.Length / 2 ? n - entries.Length : n;
                Rational x = (Rational)raw * Rational.PowerOfTwo(-input.FractionBits);
                entries[n] = (long)target.Code(c, StepList.Apply(value.Steps, c, x));
            }

            tables[c] = new LookupTable(input, output, entries);
        }

        return new RequantizationTables(input, tables);
    }

    private static CodeBorders[]? Borders(TensorValue value, CodeTarget target)
    {
        ChannelRange range = value.Range!;
        var borders = new CodeBorders[range.Low.Length];
        for (var c = 0; c < borders.Length; c++)
        {
            // In the channel's own steps: integers that never come must not be told apart.
            int channel = c, coarse = range.FractionBits - BitsOf(range, c);
            Rational unit = Rational.PowerOfTwo(-BitsOf(range, c));
            CodeBorders? found = CodeBorders.Find(
                raw => target.Code(channel, StepList.Apply(value.Steps, channel, (Rational)raw * unit)), range.Low[c] >> coarse,
                    range.High[c] >> coarse,
                    Slope(value.Steps, target, c) * unit);
            if (found is null)
            {
                return null;
            }

            borders[c] = found;
        }

        return borders;
    }

    private static int BitsOf(ChannelRange range, int channel)
        => Math.Min(range.FractionBits, range.ChannelBits?[channel] ?? range.FractionBits);

    // Codes for each unit of the input, where nothing clips.
    private static Rational Slope(IReadOnlyList<Step> steps, CodeTarget target, int channel)
    {
        Rational slope = Rational.One / target.ScaleOf(channel);
        foreach (Step step in steps)
        {
            slope = step is AffineStep affine ? slope * affine.ScaleOf(channel) : slope;
        }

        return slope;
    }
}

/// <summary>Codes by look-up.</summary>
/// <param name="Input">Format of the index.</param>
/// <param name="Tables">One table, or one a channel.</param>
internal sealed record RequantizationTables(FixedPointFormat Input, LookupTable[] Tables);
