using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Exact;

namespace HGQ.Import.Drafting;

/// <summary>An exact function of one element that is monotone.</summary>
internal abstract record Step
{
    /// <summary>The function's value.</summary>
    public abstract Rational Apply(int channel, Rational x);
}

/// <summary>x · scale + offset.</summary>
/// <param name="Scale">One factor, or one a channel.</param>
/// <param name="Offset">One summand, or one a channel.</param>
internal sealed record AffineStep(Rational[] Scale, Rational[] Offset) : Step
{
    public bool IsScale => Scale.Length == 1 && Offset.All(static o => o.IsZero);

    public static AffineStep ByScale(Rational scale) => new([scale], [Rational.Zero]);

    public Rational ScaleOf(int channel) => Scale[Scale.Length == 1 ? 0 : channel];

    public Rational OffsetOf(int channel) => Offset[Offset.Length == 1 ? 0 : channel];

    public override Rational Apply(int channel, Rational x) => (x * ScaleOf(channel)) + OffsetOf(channel);

    /// <summary>This function, then the next one, as one.</summary>
    public AffineStep Then(AffineStep next)
    {
        int length = new[] { Scale.Length, Offset.Length, next.Scale.Length, next.Offset.Length }.Max();
        var channels = Enumerable.Range(0, length).ToArray();
        return Short(
            [.. channels.Select(c => ScaleOf(c) * next.ScaleOf(c))],
            [.. channels.Select(c => (OffsetOf(c) * next.ScaleOf(c)) + next.OffsetOf(c))]);
    }

    private static AffineStep Short(Rational[] scale, Rational[] offset) => new(
        scale.All(s => s == scale[0]) ? [scale[0]] : scale,
        offset.All(o => o == offset[0]) ? [offset[0]] : offset);
}

/// <summary>max(x, slope · x), slope in [0, 1].</summary>
/// <param name="Slope">0 for relu.</param>
internal sealed record RectifyStep(Rational Slope) : Step
{
    public override Rational Apply(int channel, Rational x) => x.Sign >= 0 ? x : x * Slope;
}

/// <summary>min(max(x, low), high).</summary>
/// <param name="Low">Lower limit, or null.</param>
/// <param name="High">Upper limit, or null.</param>
internal sealed record ClipStep(Rational? Low, Rational? High) : Step
{
    public override Rational Apply(int channel, Rational x)
    {
        x = Low is { } low ? Rational.Max(x, low) : x;
        return High is { } high ? Rational.Min(x, high) : x;
    }
}

/// <summary>A function without an exact form: only float models have it, and only calibration makes a table of it.</summary>
/// <param name="Kind">Name, for messages.</param>
/// <param name="Function">The function, in float64.</param>
internal sealed record FunctionStep(string Kind, Func<double, double> Function) : Step
{
    public override Rational Apply(int channel, Rational x)
        => throw new InvalidOperationException($"{Kind} has no exact value");
}

/// <summary>Lists of steps in their shortest form.</summary>
internal static class StepList
{
    public static IReadOnlyList<Step> Append(IReadOnlyList<Step> steps, Step step)
    {
        if (step is AffineStep affine)
        {
            if (steps.Count > 0 && steps[^1] is AffineStep last)
            {
                return Append([.. steps.Take(steps.Count - 1)], last.Then(affine));
            }

            if (affine.IsScale && affine.Scale[0] == Rational.One)
            {
                return steps;
            }
        }

        return [.. steps, step];
    }

    public static Rational Apply(IReadOnlyList<Step> steps, int channel, Rational x)
    {
        foreach (Step step in steps)
        {
            x = step.Apply(channel, x);
        }

        return x;
    }

    /// <summary>The same function with a positive factor for the whole tensor behind everything else, as far as there is one.</summary>
    public static (IReadOnlyList<Step> Steps, Rational Scale) PullScale(IReadOnlyList<Step> steps)
    {
        var scale = Rational.One;
        IReadOnlyList<Step> pulled = [];
        foreach (Step step in steps)
        {
            switch (step)
            {
                case AffineStep affine when affine.IsScale && affine.Scale[0].Sign > 0:
                    scale *= affine.Scale[0];
                    break;
                case AffineStep affine:
                    Rational factor = affine.Scale.Length == 1 && affine.Scale[0].Sign > 0 ? affine.Scale[0] * scale : scale;
                    Rational before = scale;
                    pulled = Append(pulled,
                        new AffineStep([.. affine.Scale.Select(s => s * before / factor)], [.. affine.Offset.Select(o => o / factor)]));
                    scale = factor;
                    break;
                case ClipStep clip:
                    pulled = Append(pulled, new ClipStep(Over(clip.Low, scale), Over(clip.High, scale)));
                    break;
                default:
                    pulled = Append(pulled, step);
                    break;
            }
        }

        return (pulled, scale);
    }

    /// <summary>Whether all constants are integers over a power of two, short enough to multiply with.</summary>
    public static bool AreDyadic(IReadOnlyList<Step> steps, int mostBits) => steps.All(step => step switch
    {
        AffineStep affine => affine.Scale.Concat(affine.Offset).All(number => IsShort(number, mostBits)),
        RectifyStep rectify => IsShort(rectify.Slope, mostBits),
        ClipStep clip => (clip.Low is not { } low || IsShort(low, mostBits)) && (clip.High is not { } high || IsShort(high, mostBits)),
        _ => false,
    });

    private static bool IsShort(Rational number, int mostBits) => number.IsDyadic && number.SignificantBits <= mostBits;

    private static Rational? Over(Rational? limit, Rational scale) => limit is { } number ? number / scale : null;
}
