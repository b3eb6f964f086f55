using HGQ.Model.FixedPoint;

namespace HGQ.Model.Graph;

/// <summary>A fixed quantizer: what a tensor is rounded to, and how.</summary>
/// <param name="Format">Per-element formats of the result.</param>
/// <param name="Rounding">Rounding of bits below the last fraction bit.</param>
/// <param name="Overflow">Treatment of values outside the range, applied after rounding.</param>
public sealed record QuantizerSpec(TensorFormat Format, RoundingMode Rounding, OverflowMode Overflow);
