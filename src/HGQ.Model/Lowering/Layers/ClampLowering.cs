using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Clamp between dyadic limits, at fraction bits that hold both limits exactly.</summary>
internal static class ClampLowering
{
    public static LoweredTensor Lower(LoweringContext context, ClampLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        int limitBits = layer.LimitFractionBits - Math.Min(ZeroBits(layer.LowRaw), ZeroBits(layer.HighRaw));
        var bits = context.Buffer(input).Formats.Select(format => Math.Max(format.FractionBits, limitBits)).ToArray();
        var source = Quantization.Align(context, layer.Name, input, bits);
        var buffer = context.Buffer(source);
        var low = new long[bits.Length];
        var high = new long[bits.Length];
        var formats = new FixedPointFormat[bits.Length];
        var intervals = new RawInterval[bits.Length];
        for (var e = 0; e < bits.Length; e++)
        {
            low[e] = Limit(layer, layer.LowRaw, bits[e]);
            high[e] = Limit(layer, layer.HighRaw, bits[e]);
            intervals[e] = buffer.Intervals[e].ClampLow(low[e]).ClampHigh(high[e]);
            formats[e] = FixedPointFormat.ForInterval(intervals[e], bits[e]);
        }

        var clamped = context.Emit(layer.Name, "clamped", input.Shape, formats, intervals, destination => new ClampInstruction(
            layer.Name, source.Buffer, destination, low, high));
        return Quantization.Finish(context, layer.Name, clamped, ActivationKind.Linear, layer.Quantizer);
    }

    // Trailing zeros of a limit are not needed as fraction bits; 0 needs none at all.
    private static int ZeroBits(long raw) => raw == 0 ? 64 : TrailingZeros.Of(raw);

    private static long Limit(ClampLayer layer, long raw, int fractionBits)
    {
        int shift = fractionBits - layer.LimitFractionBits;
        var value = shift >= 0 ? (BigInteger)raw << Math.Min(shift, 256) : (BigInteger)raw >> -shift;
        return value >= long.MinValue && value <= long.MaxValue
            ? (long)value
            : throw new ModelGraphException(
                GraphErrorCodes.WidthAbove64,
                layer.Name,
                FormattableString.Invariant($"the limit {raw} · 2^-{layer.LimitFractionBits} needs more than 64 bits at {fractionBits} fraction bits"));
    }
}
