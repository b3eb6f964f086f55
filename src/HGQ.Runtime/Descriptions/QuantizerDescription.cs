using HGQ.Model.FixedPoint;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;

namespace HGQ.Runtime.Descriptions;

/// <summary>What a description changes of the quantizer that would be used otherwise.</summary>
internal delegate IQuantizerConfig? QuantizerChange(IQuantizerConfig? outer);

/// <summary>What a description changes of the quantizers of a training run.</summary>
internal sealed record QuantizerChanges(QuantizerChange Kernel, QuantizerChange Activation, QuantizerChange Bias);

/// <summary>Reads quantizers: an object of which every member that is left out keeps the value of the outer configuration.</summary>
internal static class QuantizerDescription
{
    private const double MostBits = 64;

    private static readonly (string, QuantizerFamily)[] Families = [("hgq", QuantizerFamily.Hgq), ("fixed-point", QuantizerFamily.FixedPoint)];

    private static readonly (string, bool)[] Starts = [("as-given", false), ("adapt", true)];

    private static readonly (string, Parametrisation)[] Parametrisations = [("kif", Parametrisation.Kif), ("kbi", Parametrisation.Kbi)];

    private static readonly (string, RoundingStrategy)[] Strategies =
    [
        ("auto", RoundingStrategy.Auto), ("half-up", RoundingStrategy.Standard), ("down", RoundingStrategy.Floor),
        ("stochastic", RoundingStrategy.Stochastic), ("noise", RoundingStrategy.Noise),
    ];

    private static readonly (string, RoundingMode)[] Roundings =
    [
        ("truncate", RoundingMode.Truncate), ("truncate-to-zero", RoundingMode.TruncateToZero), ("half-up", RoundingMode.RoundHalfUp),
        ("half-to-zero", RoundingMode.RoundHalfToZero), ("half-down", RoundingMode.RoundHalfDown),
        ("half-away", RoundingMode.RoundHalfAway), ("half-even", RoundingMode.RoundHalfEven),
    ];

    private static readonly (string, OverflowMode)[] Overflows =
        [("wrap", OverflowMode.Wrap), ("saturate", OverflowMode.Saturate), ("saturate-symmetric", OverflowMode.SaturateSymmetric)];

    private static readonly (string, SkipDims)[] Groups =
    [
        ("none", SkipDims.None), ("all", SkipDims.All), ("batch", SkipDims.Batch),
        ("all-but-last", SkipDims.ExceptLast), ("all-but-first", SkipDims.ExceptFirst),
    ];

    /// <summary>Reads a quantizer.</summary>
    /// <param name="member">The object; null changes nothing.</param>
    /// <param name="isKernel">Whether it is for weights: decides where another family starts from.</param>
    /// <param name="outer">Family of the outer configuration; set to that of the result.</param>
    public static QuantizerChange Read(DescriptionObject? member, bool isKernel, ref QuantizerFamily outer)
    {
        if (member is null)
        {
            return static config => config;
        }

        outer = member.Word("family", Families, outer);
        QuantizerChange change = outer == QuantizerFamily.Hgq ? ReadHgq(member, isKernel) : ReadFixedPoint(member, isKernel);
        member.Finish();
        return change;
    }

    private static QuantizerChange ReadHgq(DescriptionObject member, bool isKernel)
    {
        double? bits = member.OptionalNumber("bits", -MostBits, MostBits);
        bool? adapt = member.OptionalWord("start", Starts);
        RoundingStrategy? rounding = member.OptionalWord("rounding", Strategies);
        SkipDims? shared = Shared(member);
        (double Min, double Max)? limits = member.OptionalRange("limits");
        bool? trainable = member.OptionalFlag("trainable");
        double? regularizer = member.OptionalNumber("regularizer", 0, 1);
        return outer =>
        {
            QuantizerConfig config = outer as QuantizerConfig ?? (isKernel ? QuantizerConfig.DefaultKernel : QuantizerConfig.DefaultPreActivation);
            return config with
            {
                InitBw = bits ?? config.InitBw,
                AdaptToWeights = adapt ?? config.AdaptToWeights,
                RndStrategy = rounding ?? config.RndStrategy,
                SkipDims = shared ?? config.SkipDims,
                BwClip = limits ?? config.BwClip,
                Trainable = trainable ?? config.Trainable,
                Regularizer = Penalty(regularizer, config.Regularizer),
            };
        };
    }

    private static QuantizerChange ReadFixedPoint(DescriptionObject member, bool isKernel)
    {
        Parametrisation? parametrisation = member.OptionalWord("parametrisation", Parametrisations);
        double? integerBits = member.OptionalNumber("integerBits", -MostBits, MostBits), fractionBits = member.OptionalNumber("fractionBits", -MostBits, MostBits);
        double? bits = member.OptionalNumber("bits", 0, MostBits), decay = member.OptionalNumber("decay", 0, MostBits);
        bool? adapt = member.OptionalWord("start", Starts), signed = member.OptionalFlag("signed"), trainable = member.OptionalFlag("trainable");
        RoundingMode? rounding = member.OptionalWord("rounding", Roundings);
        OverflowMode? overflow = member.OptionalWord("overflow", Overflows);
        SkipDims? shared = Shared(member);
        (double Min, double Max)? integerLimits = member.OptionalRange("integerLimits"), fractionLimits = member.OptionalRange("fractionLimits");
        (double Min, double Max)? bitLimits = member.OptionalRange("bitLimits");
        double? regularizer = member.OptionalNumber("regularizer", 0, 1);
        return outer =>
        {
            FixedPointQuantizerConfig config = outer as FixedPointQuantizerConfig
                ?? (isKernel ? FixedPointQuantizerConfig.DefaultKernel : FixedPointQuantizerConfig.DefaultActivation);
            FixedPointQuantizerConfig described = config with
            {
                Parametrisation = parametrisation ?? config.Parametrisation,
                KeepNegative = signed ?? config.KeepNegative,
                IntegerBits = integerBits ?? config.IntegerBits,
                FractionBits = fractionBits ?? config.FractionBits,
                Bits = bits ?? config.Bits,
                Rounding = rounding ?? config.Rounding,
                Overflow = overflow ?? config.Overflow,
                Decay = decay ?? config.Decay,
                SkipDims = shared ?? config.SkipDims,
                FractionLimits = fractionLimits ?? config.FractionLimits,
                BitLimits = bitLimits ?? config.BitLimits,
                Trainable = trainable ?? config.Trainable,
                AdaptToWeights = adapt ?? config.AdaptToWeights,
                Regularizer = Penalty(regularizer, config.Regularizer),
            };
            return integerLimits is { } limits ? described with { IntegerLimits = limits } : described;
        };
    }

    private static SkipDims? Shared(DescriptionObject member) => member.Find("shared") is null ? null : member.Word("shared", Groups, SkipDims.None);

    // 0 takes the penalty away.
    private static Regularizer? Penalty(double? weight, Regularizer? outer) => weight switch
    {
        null => outer,
        0 => null,
        { } value => new MonoL1(value),
    };
}
