namespace HGQ.Model.FixedPoint;

/// <summary>What becomes of a rounded value outside the target's range (docs/fixed-point.md §2.3).</summary>
public enum OverflowMode
{
    /// <summary>Two's complement modulo 2^W (AP_WRAP).</summary>
    Wrap,

    /// <summary>Clamp to the smallest and largest value (AP_SAT).</summary>
    Saturate,

    /// <summary>Clamp to plus or minus the largest value; an unsigned format clamps at 0 (AP_SAT_SYM).</summary>
    SaturateSymmetric,

    /// <summary>Zero when out of range (AP_SAT_ZERO).</summary>
    SaturateToZero,

    /// <summary>Sign-magnitude wrap (AP_WRAP_SM): can be read from a model file; arithmetic and back ends refuse it.</summary>
    WrapSignMagnitude,
}
