using System;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>Which products with constants are multiplications of a DSP.</summary>
internal static class DspRule
{
    /// <summary>LUTs of a product's own adders up to which no DSP is worth it. The parts of our figures have about so many LUTs, or more,
    /// for each DSP: 109 (xczu9eg), 141 (xcvu13p), 242 (xc7z020).</summary>
    public const int MostLuts = 100;

    /// <summary>Whether a product with a weight that a table gives is a multiplication of a DSP; of LUTs otherwise.</summary>
    /// <param name="strategy">Strategy of the layer.</param>
    /// <param name="input">Bits of what is multiplied.</param>
    /// <param name="weight">Bits of the weight.</param>
    public static bool IsFoldedMultiplication(HlsStrategy strategy, int input, int weight) => strategy switch
    {
        HlsStrategy.Adders => false,
        HlsStrategy.Dsp => Math.Min(input, weight) > 1,
        HlsStrategy.Auto => input * weight > MostLuts,
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "This is no strategy."),
    };

    /// <summary>Whether the product is a multiplication.</summary>
    /// <param name="strategy">Strategy of the layer.</param>
    /// <param name="operand">What is multiplied.</param>
    /// <param name="weight">The constant.</param>
    public static bool IsMultiplication(HlsStrategy strategy, Operand operand, BigInteger weight)
    {
        // A shift is wiring; what has more bits than the emitted code keeps exactly stays a sum.
        var digits = SignedDigits.Count(weight);
        if (digits < 2 || WireType.For(operand.Interval * RawInterval.Point(weight)).Width > FixedPointFormat.MaxWidth)
        {
            return false;
        }

        return strategy switch
        {
            HlsStrategy.Adders => false,
            HlsStrategy.Dsp => true,
            HlsStrategy.Auto => (digits - 1) * operand.Type.Width > MostLuts,
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "This is no strategy."),
        };
    }
}
