using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Quantizers;

/// <summary>
/// Quantizers around look-up tables, of the family of the default for outputs: one format for the whole tensor, so that there is one
/// table, and saturating, because a value that wraps in front of a table means something else behind it.
/// </summary>
internal static class TableQuantizers
{
    /// <summary>An unsigned quantizer.</summary>
    /// <param name="integerBits">Initial integer bits, where these are trained.</param>
    /// <param name="fractionBits">Initial fraction bits.</param>
    /// <param name="limit">Most fraction bits: what stands in front of a table doubles it with every bit.</param>
    /// <param name="signed">Whether a sign is kept, where that is not found from the data.</param>
    public static IQuantizerConfig Of(double integerBits, double fractionBits, double limit = 23, bool signed = false) => QuantizerDefaults.PreActivation switch
    {
        FixedPointQuantizerConfig config => config with
        {
            Parametrisation = Parametrisation.Kif,
            KeepNegative = signed,
            IntegerBits = integerBits,
            FractionBits = fractionBits,
            FractionLimits = new BitRange(config.FractionLimits.Min, limit),
            Overflow = OverflowMode.Saturate,
            SkipDims = SkipDims.All,
        },
        QuantizerConfig config => config with
        {
            InitBw = fractionBits,
            BwClip = new BitRange(config.BwClip.Min, limit),
            Overflow = OverflowMode.Saturate,
            SkipDims = SkipDims.All,
        },
        var other => other,
    };
}
