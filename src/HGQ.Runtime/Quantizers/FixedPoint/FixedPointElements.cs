using System;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Fused;

namespace HGQ.Runtime.Quantizers;

/// <summary>The formats of one forward pass, as integers: one entry for each group of elements that shares a format.</summary>
/// <param name="KeepNegative">k.</param>
/// <param name="IntegerBits">i, rounded.</param>
/// <param name="FractionBits">f, rounded.</param>
internal sealed record FixedPointGroups(int[] KeepNegative, int[] IntegerBits, int[] FractionBits);

/// <summary>
/// Quantizes single numbers in float64 and gives the slopes of the surrogate (quantizer.md §5). Everything of a float32 and its
/// clip points is exact in float64; what float32 can't hold is rounded once, at the end.
/// </summary>
internal static class FixedPointElements
{
    private static readonly double Ln2 = Math.Log(2);

    /// <summary>Nearest multiple of 2^−f in the given rounding.</summary>
    public static double Round(double x, int f, RoundingMode rounding)
    {
        double scaled = Math.ScaleB(x, f), floor = Math.Floor(scaled), rest = scaled - floor;
        if (double.IsInfinity(scaled) || double.IsNaN(scaled))
        {
            return x;
        }

        bool up = rounding switch
        {
            RoundingMode.Truncate => false,
            RoundingMode.TruncateToZero => rest != 0 && x < 0,
            RoundingMode.RoundHalfUp => rest >= 0.5,
            RoundingMode.RoundHalfToZero => rest > 0.5 || (rest == 0.5 && x < 0),
            RoundingMode.RoundHalfDown => rest > 0.5,
            RoundingMode.RoundHalfAway => rest > 0.5 || (rest == 0.5 && x >= 0),
            RoundingMode.RoundHalfEven => rest > 0.5 || (rest == 0.5 && Math.IEEERemainder(floor, 2) != 0),
            _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "Not a rounding mode."),
        };

        // A negative number too small to be scaled is still below 0.
        bool vanished = scaled == 0 && x < 0 && rounding == RoundingMode.Truncate;
        return Math.ScaleB(vanished ? -1 : up ? floor + 1 : floor, -f);
    }

    /// <summary>Training: saturating modes clip before rounding, Wrap leaves the range open. Slopes of the surrogate beside it.</summary>
    public static double Train(double x, int k, int i, int f, RoundingMode rounding, OverflowMode overflow, out double slopeX, out double slopeF, out double slopeI)
    {
        double step = Math.ScaleB(1, -f);
        if (overflow != OverflowMode.Wrap)
        {
            double top = Math.ScaleB(1, Math.Max(i, -f)), high = top - step;
            bool symmetric = overflow == OverflowMode.SaturateSymmetric;
            double low = k == 0 ? 0 : symmetric ? -high : -top;
            if (x > high || x < low)
            {
                bool above = x > high;
                slopeX = 0;
                slopeI = Ln2 * top * (above ? 1 : -k);
                slopeF = above ? Ln2 * step : symmetric ? -k * Ln2 * step : 0;
                return above ? high : low;
            }
        }

        double q = Round(x, f, rounding);
        slopeX = 1;
        slopeF = Ln2 * (x - q);
        slopeI = 0;
        return q;
    }

    /// <summary>Inference: rounding, then overflow; a format without width is the constant 0.</summary>
    public static double Infer(double x, int k, int i, int f, RoundingMode rounding, OverflowMode overflow)
    {
        if (k + i + f <= 0)
        {
            return 0;
        }

        double q = Round(x, f, rounding), top = Math.ScaleB(1, i), high = top - Math.ScaleB(1, -f);
        if (overflow == OverflowMode.Wrap)
        {
            double period = k == 0 ? top : 2 * top, low = k == 0 ? 0 : -top;
            return q >= low && q <= high ? q : q - (Math.Floor((q - low) / period) * period);
        }

        double bottom = k == 0 ? 0 : overflow == OverflowMode.SaturateSymmetric ? -high : -top;
        return Math.Min(Math.Max(q, bottom), high);
    }

    /// <summary>Fewest integer bits that hold a rounded range [min, max] (KIF).</summary>
    public static double NeedOfRange(double min, double max, int k, int f)
    {
        double step = Math.ScaleB(1, -f);
        if (k == 0)
        {
            return ExactBinary.CeilingLog2(Math.Max(Math.Abs(min), Math.Abs(max)) + step);
        }

        int above = ExactBinary.CeilingLog2(Math.Max(max, 0) + step);
        return min < 0 ? Math.Max(above, ExactBinary.CeilingLog2(min)) : above;
    }

    /// <summary>Smallest i with |x| ≤ 2^i·(1 − 2^−b) (KBI).</summary>
    /// <returns>−∞ where all values are 0: they need nothing. Null where b is not positive: i stays.</returns>
    public static double? NeedOfMagnitude(double magnitude, int b)
    {
        if (b <= 0)
        {
            return null;
        }

        if (magnitude == 0)
        {
            return double.NegativeInfinity;
        }

        int i = ExactBinary.CeilingLog2(magnitude);
        return magnitude <= Math.ScaleB(1, i) - Math.ScaleB(1, i - b) ? i : i + 1;
    }
}
