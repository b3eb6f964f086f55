using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>Multiples of one value with as few operations as are found by looking two summands deep.</summary>
internal static class Multiples
{
    /// <summary>Variable that holds a multiple of <c>x</c>.</summary>
    public static string NameOf(ulong factor) => factor == 1 ? "x" : "x" + factor.ToString(CultureInfo.InvariantCulture);

    /// <summary>The assignments that form the multiples, in order.</summary>
    public static IEnumerable<string> Form(LaneCode code, IEnumerable<ulong> factors, IEnumerable<ulong> known)
    {
        var formed = new List<ulong>(known.Where(factor => factor != 1)) { 1 };
        foreach (ulong factor in factors.Where(factor => factor != 1).OrderBy(factor => factor))
        {
            yield return $"{NameOf(factor)} = {Expression(code, factor, formed)}";
            formed.Add(factor);
        }
    }

    private static string Expression(LaneCode code, ulong factor, List<ulong> formed)
    {
        // Sums first: more ports of a CPU add than shift.
        foreach (ulong part in formed)
        {
            if (part < factor && formed.Contains(factor - part))
            {
                return $"{NameOf(part)} + {NameOf(factor - part)}";
            }

            if (formed.Contains(unchecked(factor + part)))
            {
                return $"{NameOf(unchecked(factor + part))} - {NameOf(part)}";
            }

            if (factor % part == 0 && IsPowerOfTwo(factor / part) && code.Lane != LaneType.Int16)
            {
                return $"{NameOf(part)} << {Literal.Of(Log2(factor / part))}";
            }
        }

        return code.Lane == LaneType.Int16 ? Product(code, factor) : OfTwo(factor, formed) ?? Product(code, factor);
    }

    // A multiplication of 16-bit lanes is one fast instruction; of wider lanes it costs more than a shift and a sum.
    private static string Product(LaneCode code, ulong factor) => $"x * {code.Constant(factor)}";

    private static string? OfTwo(ulong factor, List<ulong> formed)
    {
        foreach (ulong part in formed)
        {
            if (factor > part && IsPowerOfTwo(factor - part))
            {
                return $"(x << {Literal.Of(Log2(factor - part))}) + {NameOf(part)}";
            }

            if (IsPowerOfTwo(unchecked(factor + part)))
            {
                return $"(x << {Literal.Of(Log2(unchecked(factor + part)))}) - {NameOf(part)}";
            }
        }

        return null;
    }

    private static bool IsPowerOfTwo(ulong value) => value != 0 && (value & (value - 1)) == 0;

    private static int Log2(ulong power)
    {
        var bits = 0;
        for (; power > 1; power >>= 1)
        {
            bits++;
        }

        return bits;
    }
}
