using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>Multiples of one value with as few operations as are found by looking two summands deep.</summary>
internal static class Multiples
{
    /// <summary>Variable that holds a multiple of <c>x</c>.</summary>
    public static string NameOf(BigInteger factor) => factor.IsOne ? "x" : "x" + factor.ToString(CultureInfo.InvariantCulture);

    /// <summary>The assignments that form the multiples, in order.</summary>
    public static IEnumerable<string> Form(LaneCode code, IEnumerable<BigInteger> factors, IEnumerable<BigInteger> known)
    {
        var formed = new List<BigInteger>(known.Where(factor => !factor.IsOne)) { BigInteger.One };
        foreach (var factor in factors.Where(factor => !factor.IsOne).OrderBy(factor => factor))
        {
            yield return $"{NameOf(factor)} = {Expression(code, factor, formed)}";
            formed.Add(factor);
        }
    }

    private static string Expression(LaneCode code, BigInteger factor, List<BigInteger> formed)
    {
        // Sums first: more ports of a CPU add than shift.
        foreach (var part in formed)
        {
            if (formed.Contains(factor - part))
            {
                return $"{NameOf(part)} + {NameOf(factor - part)}";
            }

            if (formed.Contains(factor + part))
            {
                return $"{NameOf(factor + part)} - {NameOf(part)}";
            }

            if (factor % part == 0 && (factor / part).IsPowerOfTwo && code.Lane != LaneType.Int16)
            {
                return $"{NameOf(part)} << {Literal.Of(Log2(factor / part))}";
            }
        }

        return code.Lane == LaneType.Int16 ? Product(code, factor) : OfTwo(factor, formed) ?? Product(code, factor);
    }

    // A multiplication of 16-bit lanes is one fast instruction; of wider lanes it costs more than a shift and a sum.
    private static string Product(LaneCode code, BigInteger factor) => $"x * {code.Constant(factor)}";

    private static string? OfTwo(BigInteger factor, List<BigInteger> formed)
    {
        foreach (var part in formed)
        {
            if (factor > part && (factor - part).IsPowerOfTwo)
            {
                return $"(x << {Literal.Of(Log2(factor - part))}) + {NameOf(part)}";
            }

            if ((factor + part).IsPowerOfTwo)
            {
                return $"(x << {Literal.Of(Log2(factor + part))}) - {NameOf(part)}";
            }
        }

        return null;
    }

    private static int Log2(BigInteger power)
    {
        var bits = 0;
        for (; power > 1; power >>= 1)
        {
            bits++;
        }

        return bits;
    }
}
