using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Cost;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>
/// Average: a sum whose weights carry the division by a power of two; any other division is a second product, by a
/// <see cref="Reciprocal"/> that is proven for the sum's interval and the layer's quantizer.
/// </summary>
internal static class AverageLowering
{
    public static LoweredTensor Lower(LoweringContext context, PoolLayer layer, LoweredTensor input, SpatialAxis[] axes)
    {
        int[] counts = Counts(axes);
        int twos = counts.All(count => count == counts[0]) ? TrailingZeros.Of((long)counts[0]) : 0;
        var padded = SpatialAxis.Pad(context, layer.Name, input, axes);
        int[] positions = SpatialAxis.Offsets(axes.Select(a => (a.Outputs, a.Stride)).ToArray(), padded.Shape);
        int[] taps = SpatialAxis.Offsets(axes.Select(a => (a.Window, 1)).ToArray(), padded.Shape);
        var sum = Sum(context, layer, padded, positions, taps, twos);
        var mean = counts.All(count => count >> twos == 1)
            ? sum
            : Divide(context, layer, sum, Array.ConvertAll(counts, count => count >> twos));

        // With a quantizer behind it, or where only a quantizer makes it exact, the mean itself meets no weight.
        return layer.Quantizer is null ? CountWidths(context, mean, context.Buffer(padded), positions, taps, counts) : mean;
    }

    private static LoweredTensor CountWidths(
        LoweringContext context, LoweredTensor mean, DraftBuffer source, int[] positions, int[] taps, int[] counts)
    {
        int channels = mean.Shape.Channels;
        return context.CountWidths(mean, e => ProductWidths.Mean(
            source.CountedWidth, positions[e / channels] + (e % channels), taps, TrailingZeros.Of((long)counts[e / channels])));
    }

    private static LoweredTensor Sum(LoweringContext context, PoolLayer layer, LoweredTensor padded, int[] positions, int[] taps, int twos)
    {
        int channels = padded.Shape.Channels;
        var perChannel = Enumerable.Range(0, channels).SelectMany(c => taps.Select(tap => tap + c)).ToArray();
        var geometry = new ProductGeometry(positions.Length, channels, taps.Length, 1, positions, perChannel);
        var source = Alignment.ByChannel(context, layer.Name, padded);
        var weights = Constants.Uniform(perChannel.Length, 1, twos);
        return ConstantProduct.Emit(context, layer.Name, source, geometry, weights, null, context.ShapeOf(layer));
    }

    private static LoweredTensor Divide(LoweringContext context, PoolLayer layer, LoweredTensor sum, int[] divisors)
    {
        int channels = sum.Shape.Channels, positions = divisors.Length;
        bool alike = divisors.All(divisor => divisor == divisors[0]);

        // One factor for each channel where all windows are whole, else one for each element.
        int factors = alike ? channels : sum.Shape.Size;
        var raw = new long[factors];
        var bits = new int[factors];
        var bias = new long[factors];
        var biasBits = new int[factors];
        for (var j = 0; j < factors; j++)
        {
            var elements = alike ? Enumerable.Range(0, positions).Select(p => (p * channels) + j) : Enumerable.Repeat(j, 1);
            var factor = Factor(context, layer, sum, elements.ToArray(), divisors[alike ? 0 : j / channels]);
            int sumBits = context.Buffer(sum).Formats[j].FractionBits;
            (raw[j], bits[j], bias[j], biasBits[j]) = (factor.Raw, factor.FractionBits, factor.Bias, factor.FractionBits + sumBits);
        }

        var geometry = ProductGeometry.PerChannel(sum.Shape.Size / factors, factors);
        return ConstantProduct.Emit(
            context, layer.Name, sum, geometry, new ScaledConstants(raw, bits), new ScaledConstants(bias, biasBits), sum.Shape);
    }

    private static Reciprocal Factor(LoweringContext context, PoolLayer layer, LoweredTensor sum, int[] elements, int divisor)
    {
        var buffer = context.Buffer(sum);
        var used = elements.Where(e => !buffer.IsZero(e) && (layer.Quantizer is null || !layer.Quantizer.Format[e].IsZero)).ToArray();
        if (used.Length == 0)
        {
            return default;
        }

        int sumBits = buffer.Formats[used[0]].FractionBits;
        if (layer.Quantizer is not { } quantizer)
        {
            return (divisor & (divisor - 1)) == 0
                ? new Reciprocal(1, TrailingZeros.Of((long)divisor), 0)
                : throw Inexact(layer, divisor, "has no exact binary value; give the layer an output quantizer, or a window of a power of two");
        }

        var rounding = quantizer.Rounding;
        var resultBits = used.Select(e => quantizer.Format[e].FractionBits).ToArray();
        if ((divisor & (divisor - 1)) != 0 && resultBits.Any(bits => Reciprocal.MeetsTies(sumBits, divisor, bits, rounding)))
        {
            throw Inexact(layer, divisor, "meets ties that no reciprocal rounds to even; use another rounding, or a window of a power of two");
        }

        // The finest result decides: a factor that is right for it is right for coarser ones.
        var interval = used.Select(e => buffer.Intervals[e]).Aggregate((all, next) => all.Union(next));
        return Reciprocal.Find(interval, sumBits, divisor, resultBits.Max(), rounding)
            ?? throw Inexact(layer, divisor, "is not exact through any reciprocal of at most 62 bits; use narrower formats, or a window of a power of two");
    }

    private static ModelGraphException Inexact(PoolLayer layer, int divisor, string problem) => new(
        GraphErrorCodes.InexactAverage,
        layer.Name,
        FormattableString.Invariant($"an average that divides by {divisor} {problem}"));

    // Elements of each window that lie inside the tensor, row-major over positions.
    private static int[] Counts(SpatialAxis[] axes)
    {
        IEnumerable<int> counts = new[] { 1 };
        foreach (var axis in axes)
        {
            var inside = Enumerable.Range(0, axis.Outputs).Select(n => Inside(axis, (n * axis.Stride) - axis.Before)).ToArray();
            counts = counts.SelectMany(count => inside.Select(next => count * next)).ToArray();
        }

        return counts.ToArray();
    }

    private static int Inside(SpatialAxis axis, int first) => Math.Min(first + axis.Window, axis.Size) - Math.Max(first, 0);
}
