using System.Collections.Generic;
using System.Numerics;

namespace HGQ.HlsEmit.Adders;

/// <summary>Canonical signed digits: the fewest powers of two whose sum or difference is a constant.</summary>
internal static class SignedDigits
{
    /// <summary>The digits of a constant, from the lowest; none for 0.</summary>
    public static List<SignedDigit> Of(BigInteger value)
    {
        var digits = new List<SignedDigit>();
        for (var shift = 0; !value.IsZero; shift++, value >>= 1)
        {
            if (value.IsEven)
            {
                continue;
            }

            // …11 becomes 100 − 1: the digit that makes the rest divisible by 4.
            var negative = (int)(value & 3) == 3;
            digits.Add(new SignedDigit(shift, negative));
            value += negative ? 1 : -1;
        }

        return digits;
    }

    /// <summary>Number of digits.</summary>
    public static int Count(BigInteger value) => Of(value).Count;
}

/// <summary>Plus or minus a power of two.</summary>
/// <param name="Shift">Exponent.</param>
/// <param name="Negative">Subtracted.</param>
internal readonly record struct SignedDigit(int Shift, bool Negative);
