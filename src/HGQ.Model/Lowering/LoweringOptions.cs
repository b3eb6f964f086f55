namespace HGQ.Model.Lowering;

/// <summary>Choices of the lowering; none of them changes a result.</summary>
/// <param name="ModuloAccumulators">Keep only the low bits of sums whose reader wraps (fixed-point.md 3.2). Off where overflow is to be counted.</param>
/// <param name="EliminateDeadElements">Drop elements that are constant or that nothing reads.</param>
/// <param name="HalfStepBias">Turn round-half-up behind a product into truncation by half a step in the bias (fixed-point.md 3.3).</param>
public sealed record LoweringOptions(
    bool ModuloAccumulators = true,
    bool EliminateDeadElements = true,
    bool HalfStepBias = true)
{
    /// <summary>All optimisations.</summary>
    public static LoweringOptions Default { get; } = new();

    /// <summary>Every element is computed, at its exact width: for counting overflows and for finding differences.</summary>
    public static LoweringOptions Plain { get; } = new(false, false, false);
}
