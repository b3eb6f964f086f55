namespace HGQ.Runtime.Optimization;

/// <summary>Where Adam adds its ε.</summary>
public enum EpsilonRule
{
    /// <summary>To the bias-corrected √v, as torch does: w −= lr · m̂ / (√v̂ + ε).</summary>
    Corrected,

    /// <summary>To the uncorrected √v, as Keras does: w −= lr · √(1 − β2^t) / (1 − β1^t) · m / (√v + ε).</summary>
    Uncorrected,
}
