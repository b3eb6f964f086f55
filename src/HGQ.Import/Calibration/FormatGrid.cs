using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Formats from ranges of float64 numbers, and numbers rounded to them: half to even, saturating.</summary>
internal static class FormatGrid
{
    /// <summary>Integer bits that hold a magnitude; null for 0.</summary>
    public static int? IntegerBits(double magnitude) => magnitude == 0 ? null : Math.ILogB(magnitude) + 1;

    /// <summary>Largest magnitude of each group.</summary>
    public static double[] Magnitudes(double[] values, int groups)
    {
        var most = new double[groups];
        for (var e = 0; e < values.Length; e++)
        {
            most[e % groups] = Math.Max(most[e % groups], Math.Abs(values[e]));
        }

        return most;
    }

    /// <summary>Formats of results whose channels have ranges of their own.</summary>
    /// <param name="shape">Shape of the results.</param>
    /// <param name="values">Results of the float model, row by row.</param>
    /// <param name="channels">Channels with a range of their own: those of the shape, or 1.</param>
    /// <param name="bits">Bits of each; null takes the fraction bits.</param>
    /// <param name="fractionBits">Fraction bits of all.</param>
    /// <param name="unsigned">Whether none can be negative.</param>
    public static QuantizerSpec Of(TensorShape shape, double[] values, int channels, int? bits, int fractionBits, bool unsigned)
    {
        int?[] integer = [.. Magnitudes(values, channels).Select(IntegerBits)];
        int least = integer.Min() ?? 0;
        bool signed = !unsigned && values.Any(static x => x < 0);
        FixedPointFormat[] formats = [.. integer.Select(i =>
        {
            // One that was always 0 may still become something.
            int above = i ?? least;
            int fraction = bits is { } width ? width - (signed ? 1 : 0) - above : fractionBits;
            return new FixedPointFormat(signed, Math.Max(above, 1 - fraction), fraction);
        })];
        var elements = new FixedPointFormat[shape.Size];
        for (var e = 0; e < elements.Length; e++)
        {
            elements[e] = formats[e % channels];
        }

        return new QuantizerSpec(new TensorFormat(shape, elements), RoundingMode.RoundHalfEven, OverflowMode.Saturate);
    }

    /// <summary>Numbers rounded to formats, row by row.</summary>
    public static double[] Round(double[] values, QuantizerSpec spec)
    {
        FixedPointFormat[] formats = [.. spec.Format.Elements];
        var (scale, low, high) = (new double[formats.Length], new double[formats.Length], new double[formats.Length]);
        for (var e = 0; e < formats.Length; e++)
        {
            (scale[e], low[e], high[e]) = (Math.ScaleB(1, formats[e].FractionBits), (double)formats[e].MinRaw, (double)formats[e].MaxRaw);
        }

        var rounded = new double[values.Length];
        for (var n = 0; n < values.Length; n++)
        {
            int e = n % formats.Length;
            rounded[n] = Math.Clamp(Math.Round(values[n] * scale[e], MidpointRounding.ToEven), low[e], high[e]) / scale[e];
        }

        return rounded;
    }

    /// <summary>Constants rounded to grids of their groups, at most 2^<paramref name="mostBits"/> steps from 0.</summary>
    public static double[] Round(double[] values, int[] fractionBits, int mostBits)
    {
        double limit = Math.ScaleB(1, mostBits) - 1;
        var rounded = new double[values.Length];
        for (var n = 0; n < values.Length; n++)
        {
            int bits = fractionBits[n % fractionBits.Length];
            double code = Math.Round(Math.ScaleB(values[n], bits), MidpointRounding.ToEven);
            rounded[n] = Math.ScaleB(Math.Clamp(code, -limit, limit), -bits);
        }

        return rounded;
    }

    /// <summary>Root mean square of the differences, relative to that of the wanted numbers.</summary>
    public static double Error(double[] found, double[] wanted)
    {
        double differences = 0, squares = 0;
        for (var n = 0; n < found.Length; n++)
        {
            double difference = found[n] - wanted[n];
            differences += difference * difference;
            squares += wanted[n] * wanted[n];
        }

        return differences == 0 ? 0 : squares == 0 ? double.PositiveInfinity : Math.Sqrt(differences / squares);
    }
}
