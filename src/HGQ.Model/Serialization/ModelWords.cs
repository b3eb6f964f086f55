using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <summary>Every word of the model file that stands for a choice; reader and writer share them.</summary>
internal static class ModelWords
{
    public static readonly WordList<RoundingMode> Roundings = new(
        ("Truncate", RoundingMode.Truncate),
        ("TruncateToZero", RoundingMode.TruncateToZero),
        ("RoundHalfUp", RoundingMode.RoundHalfUp),
        ("RoundHalfToZero", RoundingMode.RoundHalfToZero),
        ("RoundHalfDown", RoundingMode.RoundHalfDown),
        ("RoundHalfAway", RoundingMode.RoundHalfAway),
        ("RoundHalfEven", RoundingMode.RoundHalfEven));

    public static readonly WordList<OverflowMode> Overflows = new(
        ("Wrap", OverflowMode.Wrap),
        ("Saturate", OverflowMode.Saturate),
        ("SaturateSymmetric", OverflowMode.SaturateSymmetric),
        ("SaturateToZero", OverflowMode.SaturateToZero),
        ("WrapSignMagnitude", OverflowMode.WrapSignMagnitude));

    public static readonly WordList<ActivationKind> Activations = new(
        ("linear", ActivationKind.Linear),
        ("relu", ActivationKind.Relu));

    public static readonly WordList<PaddingKind> Paddings = new(
        ("valid", PaddingKind.Valid),
        ("same", PaddingKind.Same),
        ("causal", PaddingKind.Causal));

    public static readonly WordList<PoolKind> Pools = new(
        ("max", PoolKind.Max),
        ("average", PoolKind.Average));

    public static readonly WordList<ReductionKind> Reductions = new(
        ("sum", ReductionKind.Sum),
        ("max", ReductionKind.Max),
        ("min", ReductionKind.Min));
}
