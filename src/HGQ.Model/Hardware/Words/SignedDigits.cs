using System.Collections.Generic;

namespace HGQ.Model.Hardware.Words;

/// <summary>A weight as ±2^shift with the fewest digits, none beside another (canonical signed digits).</summary>
internal static class SignedDigits
{
    /// <summary>Digits of a weight that are not 0.</summary>
    public static int Count(long weight)
    {
        var digits = 0;
        for (ulong rest = (ulong)(weight < 0 ? -weight : weight), ones = unchecked(rest ^ (3 * rest)); ones != 0; ones &= ones - 1)
        {
            digits++;
        }

        return digits;
    }

    public static IEnumerable<(int Shift, bool Negative)> Of(long weight)
    {
        bool negative = weight < 0;
        ulong rest = negative ? unchecked(0UL - (ulong)weight) : (ulong)weight;
        for (var shift = 0; rest != 0; shift++, rest >>= 1)
        {
            if ((rest & 1) == 0)
            {
                continue;
            }

            // A run of ones is one digit above it and one taken off below. Beyond 64 bits nothing can be carried.
            bool down = (rest & 3) == 3 && rest != ulong.MaxValue;
            yield return (shift, negative ^ down);
            rest = down ? rest + 1 : rest - 1;
        }
    }
}
