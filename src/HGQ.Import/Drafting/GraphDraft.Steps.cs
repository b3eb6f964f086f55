using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <content>Steps that become layers because something needs the integers behind them.</content>
internal sealed partial class GraphDraft
{
    /// <summary>Constants of up to this many bits are multiplied with as they are; longer ones are first tried shorter.</summary>
    private const int ShortBits = 18;

    private const int LongBits = 62;

    /// <summary>All steps as layers, exactly.</summary>
    /// <exception cref="ImportException">A constant is no integer over a power of two.</exception>
    public TensorValue Materialized(TensorValue value, string name)
    {
        RequireIntegers(value, name);
        if (Floats is not null)
        {
            return Real(value, name);
        }

        if (!StepList.AreDyadic(value.Steps, LongBits))
        {
            throw new ImportException(
                name,
                "it needs integers, but the tensor in front of it has scales that are no powers of two and no quantizer behind them; "
                    + "put a quantizer in front of this layer, or, for a float model, give data to choose all formats by: "
                    + "--calibrate DATA");
        }

        IReadOnlyList<Step> steps = value.Steps;
        for (var n = 0; n < steps.Count; n++)
        {
            if (steps[n] is AffineStep affine)
            {
                bool relu = n + 1 < steps.Count && steps[n + 1] is RectifyStep { Slope.IsZero: true };
                value = Affine(value, name, affine, relu);
                n += relu ? 1 : 0;
            }
            else
            {
                value = steps[n] is RectifyStep rectify ? Rectified(value, name, rectify) : Clipped(value, name, (ClipStep)steps[n]);
            }
        }

        return value;
    }

    /// <summary>Integers and a positive factor for the whole tensor: what a product can be computed with.</summary>
    public (TensorValue Integers, Rational Scale) Scaled(TensorValue value, string name)
    {
        RequireIntegers(value, name);
        if (Floats is not null || StepList.AreDyadic(value.Steps, ShortBits))
        {
            return (Materialized(value, name), Rational.One);
        }

        (IReadOnlyList<Step> steps, Rational scale) = StepList.PullScale(value.Steps);
        return (Materialized(value with { Steps = steps }, name), scale);
    }

    private TensorValue Affine(TensorValue value, string name, AffineStep affine, bool relu)
    {
        ChannelRange range = Moved(value.Range!, affine);
        range = relu ? Moved(range, new RectifyStep(Rational.Zero)) : range;
        if (!relu && affine.IsScale && affine.Scale[0].IsPowerOfTwo && Math.Abs(affine.Scale[0].FractionBits) <= 64)
        {
            return Added(unique => new ShiftLayer(unique, value.Layer, -affine.Scale[0].FractionBits), name + "_shift", value.Shape,
                range, value.ChannelsFirst);
        }

        TensorShape channels = TensorShape.Of(value.Channels);
        IntegerTensor scale = Constants.Tensor(name, "scale", channels, [.. Enumerable.Range(0, value.Channels).Select(affine.ScaleOf)]);
        IntegerTensor? offset = affine.Offset.All(static o => o.IsZero)
            ? null
            : Constants.Tensor(name, "offset", channels, [.. Enumerable.Range(0, value.Channels).Select(affine.OffsetOf)]);
        ActivationKind activation = relu ? ActivationKind.Relu : ActivationKind.Linear;
        return Added(unique => new ScaleOffsetLayer(unique, value.Layer, scale, offset, activation, null), name + "_scale", value.Shape,
            range, value.ChannelsFirst);
    }

    private TensorValue Rectified(TensorValue value, string name, RectifyStep rectify)
    {
        if (rectify.Slope.Sign < 0 || rectify.Slope > Rational.One)
        {
            throw new ImportException(name, $"its slope {rectify.Slope} is not in [0, 1]");
        }

        int bits = Math.Max(0, rectify.Slope.FractionBits);
        var slope = (long)rectify.Slope.ToRaw(bits);
        return Added(unique => new ReluLayer(unique, value.Layer, slope, bits, null), name + "_relu", value.Shape,
            Moved(value.Range!, rectify), value.ChannelsFirst);
    }

    private TensorValue Clipped(TensorValue value, string name, ClipStep clip)
    {
        ChannelRange range = value.Range!;
        Rational least = Value(range.Low.Min(), range.FractionBits), most = Value(range.High.Max(), range.FractionBits);
        Rational low = clip.Low ?? least, high = clip.High ?? most;
        high = Rational.Max(low, high);
        int bits = Math.Max(0, Math.Max(low.FractionBits, high.FractionBits));
        long lowRaw = Limit(name, low, bits), highRaw = Limit(name, high, bits);
        return Added(
            unique => new ClampLayer(unique, value.Layer, lowRaw, highRaw, bits, null), name + "_clip", value.Shape,
                Moved(range, new ClipStep(low, high)), value.ChannelsFirst);
    }

    private static long Limit(string name, Rational limit, int bits)
    {
        BigInteger raw = limit.ToRaw(bits);
        return raw >= long.MinValue && raw <= long.MaxValue ? (long)raw
            : throw new ImportException(name, $"its limit {limit} needs more than 64 bits");
    }

    private static Rational Value(BigInteger raw, int fractionBits) => (Rational)raw * Rational.PowerOfTwo(-fractionBits);

    // The range behind a monotone step, channel by channel.
    private static ChannelRange Moved(ChannelRange range, Step step)
    {
        var low = new Rational[range.Low.Length];
        var high = new Rational[low.Length];
        var bits = 0;
        for (var c = 0; c < low.Length; c++)
        {
            Rational a = step.Apply(c, Value(range.Low[c], range.FractionBits)),
                b = step.Apply(c, Value(range.High[c], range.FractionBits));
            (low[c], high[c]) = (Rational.Min(a, b), Rational.Max(a, b));
            bits = Math.Max(bits, StepBits(step, c, range.FractionBits));
        }

        return new ChannelRange(bits, [.. low.Select(x => x.ToRaw(bits))], [.. high.Select(x => x.ToRaw(bits))]);
    }

    private static int StepBits(Step step, int channel, int bits) => step switch
    {
        AffineStep affine => Math.Max(bits + affine.ScaleOf(channel).FractionBits, affine.OffsetOf(channel).FractionBits),
        RectifyStep rectify => bits + Math.Max(0, rectify.Slope.FractionBits),
        ClipStep clip => Math.Max(bits, Math.Max(clip.Low?.FractionBits ?? 0, clip.High?.FractionBits ?? 0)),
        _ => bits,
    };
}
