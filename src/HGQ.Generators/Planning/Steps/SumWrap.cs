using System.Linq;
using System.Numerics;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>Sums that the lowering reduced modulo 2^W (fixed-point.md §3.2): their interval is the whole range of their format.</summary>
internal static class SumWrap
{
    /// <summary>The reduction of an element, which does nothing where the sum fits by proof.</summary>
    public static RequantizeElement Of(ProgramBuffer buffer, int e)
    {
        var format = buffer.Formats[e];
        if (format.IsZero)
        {
            return new RequantizeElement { Known = BigInteger.Zero, Bits = 1 };
        }

        int bits = buffer.Intervals[e].SignedBits;
        if (buffer.Intervals[e] != format.RawInterval)
        {
            return new RequantizeElement { Bits = bits };
        }

        var modulus = BigInteger.One << format.Width;
        return new RequantizeElement { WrapMask = modulus - 1, WrapOffset = format.Signed ? modulus >> 1 : BigInteger.Zero, Bits = bits };
    }

    /// <summary>The reductions of the first <paramref name="count"/> elements.</summary>
    public static RequantizeElement[] Of(ProgramBuffer buffer, int count, bool needed)
        => Enumerable.Range(0, count).Select(e => needed ? Of(buffer, e) : new RequantizeElement()).ToArray();
}
