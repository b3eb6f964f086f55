using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>y' = (y − mean) / scale for the target of a regression, so that the network learns numbers around 1.</summary>
/// <param name="Mean">Subtracted.</param>
/// <param name="Scale">Divides; never 0.</param>
public sealed record TargetScaling(double Mean, double Scale)
{
    /// <summary>Divides; never 0.</summary>
    public double Scale { get; init; } = double.IsFinite(Scale) && Scale != 0 && double.IsFinite(Mean)
        ? Scale
        : throw new ArgumentException(
            FormattableString.Invariant($"Targets can't be scaled by the mean {Mean} and the scale {Scale}."), nameof(Scale));

    /// <summary>Leaves targets as they are.</summary>
    public static readonly TargetScaling Identity = new(0, 1);

    /// <summary>Mean and population deviation over the given rows; the identity for classes.</summary>
    public static TargetScaling Standardize(Dataset data, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Target is not RealTargets reals)
        {
            return Identity;
        }

        double mean = rows.Average(r => reals.Values[r]);
        double deviation = Math.Sqrt(rows.Average(r => (reals.Values[r] - mean) * (reals.Values[r] - mean)));
        return new TargetScaling(mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>Scales one target.</summary>
    public float Apply(double target) => (float)((target - Mean) / Scale);
}
