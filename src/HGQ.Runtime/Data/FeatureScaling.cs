using System;
using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>
/// x' = (x − mean) / scale per feature, in float64, then rounded to float32 once. It travels with the model as its preprocessing.
/// </summary>
/// <param name="Mean">A number a feature, or a single one for all of them.</param>
/// <param name="Scale">A number a feature, or a single one for all of them; never 0.</param>
public sealed record FeatureScaling(IReadOnlyList<double> Mean, IReadOnlyList<double> Scale)
{
    /// <summary>A number a feature, or a single one for all of them.</summary>
    public IReadOnlyList<double> Mean { get; init; } = Checked(Mean, "mean", static mean => double.IsFinite(mean));

    /// <summary>A number a feature, or a single one for all of them; never 0.</summary>
    public IReadOnlyList<double> Scale { get; init; } = Checked(Scale, "scale", static scale => double.IsFinite(scale) && scale != 0);

    /// <summary>Leaves the features as they are.</summary>
    public static readonly FeatureScaling Identity = new([0.0], [1.0]);

    /// <summary>Whether nothing is changed.</summary>
    public bool IsIdentity => Mean.Count == 1 && Scale.Count == 1 && Mean[0] == 0 && Scale[0] == 1;

    /// <summary>Divides every feature by one number (pixels by 255).</summary>
    public static FeatureScaling Divide(double divisor) => new([0.0], [divisor]);

    /// <summary>
    /// Mean and population standard deviation (divided by n) over the given rows; a feature that never changes there gets scale 1.
    /// </summary>
    public static FeatureScaling Standardize(Dataset data, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(rows);
        int size = data.SampleSize;
        var sample = new double[size];
        double[] mean = Average(data, rows, sample, static (x, _) => x, new double[size]);
        double[] variance = Average(data, rows, sample, static (x, m) => (x - m) * (x - m), mean);
        var scale = new double[size];
        for (int i = 0; i < size; i++)
        {
            double deviation = Math.Sqrt(variance[i]);
            scale[i] = deviation > 0 ? deviation : 1;
        }

        return new FeatureScaling(mean, scale);
    }

    /// <summary>Scales one sample.</summary>
    /// <exception cref="ArgumentException">The sample has another number of features than this scaling.</exception>
    public void Apply(ReadOnlySpan<double> sample, Span<float> scaled)
    {
        RequireSize(Mean.Count, sample.Length);
        RequireSize(Scale.Count, sample.Length);
        for (int i = 0; i < sample.Length; i++)
        {
            scaled[i] = (float)((sample[i] - Mean[Mean.Count == 1 ? 0 : i]) / Scale[Scale.Count == 1 ? 0 : i]);
        }
    }

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> numbers, string what, Func<double, bool> isRight)
    {
        for (int i = 0; i < numbers.Count; i++)
        {
            if (!isRight(numbers[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The feature {i} (from 0) has the {what} {numbers[i]}."), nameof(numbers));
            }
        }

        return numbers;
    }

    private static double[] Average(
        Dataset data, IReadOnlyList<int> rows, double[] sample, Func<double, double, double> term, double[] center)
    {
        var sum = new double[sample.Length];
        for (int r = 0; r < rows.Count; r++)
        {
            data.Features.CopyTo(rows[r] * sample.Length, sample);
            for (int i = 0; i < sample.Length; i++)
            {
                sum[i] += term(sample[i], center[i]);
            }
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] /= rows.Count;
        }

        return sum;
    }

    private static void RequireSize(int found, int features)
    {
        if (found != 1 && found != features)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The scaling is for {found} features, the sample has {features}."), nameof(features));
        }
    }
}
