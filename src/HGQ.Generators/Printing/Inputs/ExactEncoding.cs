using System;
using System.Linq;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>The method of generated code that converts any double, on its bits (fixed-point.md §5).</summary>
internal static class ExactEncoding
{
    private static readonly string Source = $$"""

        // The general conversion of a real, on its bits: huge, tiny and non-finite numbers.
        private static long EncodeExactly(double x, int index, int fractionBits, int width, bool signed, int rounding, int overflow)
        {
            long bits = BitConverter.DoubleToInt64Bits(x);
            int exponent = (int)(bits >> 52) & 0x7FF;
            if (double.IsNaN(x) || (exponent == 0x7FF && overflow == {{(int)OverflowMode.Wrap}}))
            {
                throw new ArgumentException(
                    "Element " + index.ToString(CultureInfo.InvariantCulture) + " is " + x.ToString(CultureInfo.InvariantCulture) + ", which has no code.",
                    "inputs");
            }

            // x is mantissa · 2^(max(1, exponent) − 1075), exactly.
            Int128 v = (bits & 0xFFFFFFFFFFFFFL) | (exponent == 0 ? 0L : 1L << 52);
            v = exponent == 0x7FF ? (Int128)1 << 100 : v;
            v = bits < 0 ? -v : v;
            long shift = 1075L - Math.Max(1, exponent) - fractionBits;
            if (shift > 0 && exponent != 0x7FF)
            {
                // Below a quarter every longer shift rounds alike.
                int right = (int)Math.Min(shift, 60);
                Int128 floor = v >> right;
                int toHalf = (v - (floor << right)).CompareTo((Int128)1 << (right - 1));
                bool raise = rounding switch
                {
        {{Arms()}}
                };
                v = raise ? floor + 1 : floor;
            }
            else if (shift < 0 && exponent != 0x7FF)
            {
                v <<= (int)Math.Min(-shift, 70);
            }

            if (width <= 0)
            {
                return 0;
            }

            if (overflow == {{(int)OverflowMode.Wrap}})
            {
                int unused = 64 - width;
                long low64 = unchecked((long)(ulong)(v & ulong.MaxValue));
                return signed ? low64 << unused >> unused : unchecked((long)((ulong)low64 << unused >> unused));
            }

            Int128 high = ((Int128)1 << (signed ? width - 1 : width)) - 1;
            Int128 low = !signed ? 0 : overflow == {{(int)OverflowMode.SaturateSymmetric}} ? -high : -high - 1;
            bool outside = v < low || v > high;
            v = !outside ? v : overflow == {{(int)OverflowMode.SaturateToZero}} ? 0 : v < low ? low : high;
            return unchecked((long)(ulong)(v & ulong.MaxValue));
        }
        """;

    // One for each rounding; the last has no number, so that the expression is exhaustive. Unknown ones have been refused (RoundingCode).
    private static string Arms()
    {
        var modes = (RoundingMode[])Enum.GetValues(typeof(RoundingMode));
        return string.Join("\n", modes.Select((mode, n) =>
            $"            {(n < modes.Length - 1 ? Literal.Of((int)mode) : "_")} => {RoundingCode.OfBits(mode)},"));
    }

    public static void Write(SourceWriter writer)
    {
        foreach (string line in Source.Replace("\r", string.Empty).Split('\n'))
        {
            if (line.Length == 0)
            {
                writer.Line();
            }
            else
            {
                writer.Line(line);
            }
        }
    }
}
