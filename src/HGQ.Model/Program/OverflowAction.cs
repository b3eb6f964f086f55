namespace HGQ.Model.Program;

/// <summary>What a requantize does with a value outside the destination's range, once the lowering knows the interval.</summary>
public enum OverflowAction
{
    /// <summary>Nothing: the interval proves that every value fits.</summary>
    None,

    /// <summary>Two's complement modulo 2^W.</summary>
    Wrap,

    /// <summary>Clamp to [lo, hi].</summary>
    Saturate,

    /// <summary>Clamp to [−k·hi, hi].</summary>
    SaturateSymmetric,

    /// <summary>0 if outside [lo, hi].</summary>
    SaturateToZero,
}
