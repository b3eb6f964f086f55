using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Layers;

/// <summary>What a configuration of hls4ml says of one layer, applied as hls4ml computes it.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Layer">Name of the layer.</param>
internal sealed record LayerPrecisions(Hls4mlConfiguration Configuration, string Layer)
{
    private static readonly string[] Known = ["weight", "bias", "accum", "result", "default"];

    /// <summary>The precision of a part: that of the layer, else the model's.</summary>
    public InputFormat? Of(string part) => Named(part) ?? Configuration.Default;

    /// <summary>The precision that the layer itself gives a part.</summary>
    public InputFormat? Named(string part) => Configuration.Parts.GetValueOrDefault(Layer) is not { } parts ? null
        : parts.GetValueOrDefault(part) ?? parts.GetValueOrDefault("default");

    /// <summary>Refuses parts that have no counterpart here.</summary>
    public void RequireKnown()
    {
        string? other = Configuration.Parts.GetValueOrDefault(Layer)?.Keys.FirstOrDefault(static part => !Known.Contains(part));
        if (other is not null)
        {
            throw Refuse(other, "it has no counterpart here; leave it out");
        }
    }

    /// <summary>Constants converted to the precision of their part.</summary>
    public Rational[] Constants(Rational[] values, string part)
    {
        if (Of(part) is not { } target)
        {
            return values;
        }

        return
        [
            .. values.Select(value =>
            {
                if (!value.IsDyadic)
                {
                    throw Refuse(part, $"the source has {value} there, which is no integer over a power of two");
                }

                int bits = value.FractionBits;
                BigInteger raw = FixedPointArithmetic.ShiftRound(value.ToRaw(bits), bits - target.Format.FractionBits, target.Rounding);
                raw = FixedPointArithmetic.Overflow(raw, target.Format, target.Overflow);
                return (Rational)raw * Rational.PowerOfTwo(-target.Format.FractionBits);
            }),
        ];
    }

    /// <summary>A sum of products as its accumulator holds it, then as the layer's result.</summary>
    public TensorValue Sum(GraphDraft draft, TensorValue sum)
    {
        sum = draft.Materialized(sum, Layer);
        if (Of("accum") is { } accumulator)
        {
            sum = Accumulated(draft, sum, accumulator);
        }

        return Result(draft, sum, Layer);
    }

    /// <summary>A result converted to its precision.</summary>
    public TensorValue Result(GraphDraft draft, TensorValue value, string name) => Of("result") is { } format
        ? draft.QuantizeFixed(value, name + "_result", TensorFormat.Uniform(draft.InSourceOrder(value, name).Shape, format.Format),
            format.Rounding, format.Overflow)
        : value;

    public ImportException Refuse(string part, string why) => new(Layer, $"precision {part} of the configuration: {why}");

    // Every product is converted on its own, and every partial sum.
    private TensorValue Accumulated(GraphDraft draft, TensorValue sum, InputFormat accumulator)
    {
        ChannelRange range = sum.Range!;
        FixedPointFormat format = accumulator.Format;
        if (range.FractionBits > format.FractionBits)
        {
            throw Refuse("accum", $"products and bias have {range.FractionBits} fraction bits and each would be cut to "
                + $"{format.FractionBits}, which no layer here does; give the accumulator at least {range.FractionBits}");
        }

        BigInteger step = BigInteger.One << (format.FractionBits - range.FractionBits);
        if (range.Low.Min() * step >= format.MinRaw && range.High.Max() * step <= format.MaxRaw)
        {
            return sum;
        }

        // Wrapping at the end is wrapping all along; clamping is not.
        return accumulator.Overflow == OverflowMode.Wrap
            ? draft.QuantizeFixed(sum, Layer + "_accum", TensorFormat.Uniform(draft.InSourceOrder(sum, Layer).Shape, format),
                accumulator.Rounding, OverflowMode.Wrap)
            : throw Refuse("accum", "sums can leave it, and it does not wrap: partial sums would be clamped; give it more integer bits");
    }
}
