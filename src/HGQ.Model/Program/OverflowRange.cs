using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>What an overflow action does, and what values it leaves (fixed-point.md §2).</summary>
internal static class OverflowRange
{
    /// <summary>The mode of an action. What is proven to fit may take any mode; wrapping is the cheapest.</summary>
    public static OverflowMode ModeOf(OverflowAction action) => action switch
    {
        OverflowAction.Saturate => OverflowMode.Saturate,
        OverflowAction.SaturateSymmetric => OverflowMode.SaturateSymmetric,
        OverflowAction.SaturateToZero => OverflowMode.SaturateToZero,
        OverflowAction.None or OverflowAction.Wrap => OverflowMode.Wrap,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "This is no overflow action."),
    };

    /// <summary>
    /// The smallest interval that holds every value of <paramref name="rounded"/> after the overflow into a format; of a wrap, the
    /// whole format.
    /// </summary>
    public static RawInterval After(RawInterval rounded, FixedPointFormat target, OverflowAction action)
    {
        var range = target.RawInterval;
        switch (action)
        {
            case OverflowAction.None:
                return rounded;
            case OverflowAction.Wrap:
                return range;
            case OverflowAction.SaturateToZero:
                var low = BigInteger.Max(rounded.Low, range.Low);
                var high = BigInteger.Min(rounded.High, range.High);
                return range.Contains(rounded) ? rounded
                    : low > high ? RawInterval.Point(0)
                    : new RawInterval(low, high).Union(RawInterval.Point(0));
            case OverflowAction.Saturate:
                return rounded.ClampLow(range.Low).ClampHigh(range.High);
            case OverflowAction.SaturateSymmetric:
                return rounded.ClampLow(target.Signed ? -range.High : range.Low).ClampHigh(range.High);
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "This is no overflow action.");
        }
    }
}
