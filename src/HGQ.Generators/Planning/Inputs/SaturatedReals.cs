using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Inputs;

/// <summary>
/// Which conversions of reals round halves up and limit at the ends of formats so that single precision does both exactly.
/// </summary>
internal static class SaturatedReals
{
    // 2^(f + 1) and its products with the limits are exact in single precision. What underflows is rounded to 0 or to −1/2, which is 0.
    private const int MostFraction = 60;

    /// <summary>Whether this form gives the same codes.</summary>
    public static bool Takes(FixedPointFormat[] formats, QuantizeInputInstruction port) => port.Rounding == RoundingMode.RoundHalfUp
        && port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric
        && formats.All(format => format.FractionBits is >= -MostFraction and <= MostFraction
            && 2 * High(format) < short.MaxValue
            && 2 * Low(format, port) > short.MinValue);

    /// <summary>Largest code.</summary>
    public static int High(FixedPointFormat format) => (int)BigInteger.Min(format.MaxRaw, short.MaxValue);

    /// <summary>Smallest code.</summary>
    public static int Low(FixedPointFormat format, QuantizeInputInstruction port)
        => port.Overflow == OverflowMode.SaturateSymmetric && format.Signed ? -High(format) : (int)BigInteger.Max(format.MinRaw, short.MinValue);
}
