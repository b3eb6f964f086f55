using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Trimming;

/// <summary>Rounding to integers of numbers that are exact multiples of a power of two (docs/fixed-point.md §2.2).</summary>
internal static class ChannelRounding
{
    /// <summary>Rounds each lane; the fraction ⌊x⌋ leaves is exact, so that ties are met exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Round<T>(Vector512<T> x, RoundingMode mode)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> floor = Floor(x);
        return mode == RoundingMode.Truncate ? floor : floor + (GoesUp(x, floor, mode) & Vector512<T>.One);
    }

    /// <summary>⌊x⌋ of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor<T>(Vector512<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Vector512.Floor(x.AsSingle()).As<float, T>() : Vector512.Floor(x.AsDouble()).As<double, T>();

    private static Vector512<T> GoesUp<T>(Vector512<T> x, Vector512<T> floor, RoundingMode mode)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> fraction = x - floor, half = Vector512.Create(T.CreateTruncating(0.5));
        Vector512<T> above = Vector512.GreaterThan(fraction, half), tie = Vector512.Equals(fraction, half);
        Vector512<T> negative = Vector512.LessThan(x, Vector512<T>.Zero);
        return mode switch
        {
            RoundingMode.Truncate => Vector512<T>.Zero,
            RoundingMode.TruncateToZero => negative & Vector512.GreaterThan(fraction, Vector512<T>.Zero),
            RoundingMode.RoundHalfUp => above | tie,
            RoundingMode.RoundHalfDown => above,
            RoundingMode.RoundHalfToZero => above | (tie & negative),
            RoundingMode.RoundHalfAway => above | Vector512.AndNot(tie, negative),
            RoundingMode.RoundHalfEven => above | Vector512.AndNot(tie, Vector512.Equals(Floor(floor * half) + Floor(floor * half), floor)),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such rounding mode."),
        };
    }
}
