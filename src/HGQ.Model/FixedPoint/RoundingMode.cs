namespace HGQ.Model.FixedPoint;

/// <summary>How bits below the target's step are rounded away (docs/fixed-point.md §2.2).</summary>
public enum RoundingMode
{
    /// <summary>Toward minus infinity: the bits are dropped (AP_TRN).</summary>
    Truncate,

    /// <summary>Toward zero (AP_TRN_ZERO).</summary>
    TruncateToZero,

    /// <summary>To the nearest, ties toward plus infinity (AP_RND).</summary>
    RoundHalfUp,

    /// <summary>To the nearest, ties toward zero (AP_RND_ZERO).</summary>
    RoundHalfToZero,

    /// <summary>To the nearest, ties toward minus infinity (AP_RND_MIN_INF).</summary>
    RoundHalfDown,

    /// <summary>To the nearest, ties away from zero (AP_RND_INF).</summary>
    RoundHalfAway,

    /// <summary>To the nearest, ties to the even neighbour (AP_RND_CONV).</summary>
    RoundHalfEven,
}
