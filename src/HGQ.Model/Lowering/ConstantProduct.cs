using System;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>
/// Builds constant products: aligns every term to the fraction bits its output needs by shifting the weights, folds constant
/// inputs into the bias and sizes the accumulator by interval arithmetic (fixed-point.md §3).
/// </summary>
internal sealed class ConstantProduct
{
    private readonly ProductGeometry _geometry;
    private readonly ScaledConstants _weights;
    private readonly string _layer;
    private readonly TapFacts[] _taps;

    private ConstantProduct(string layer, ProductGeometry geometry, ScaledConstants weights, TapFacts[] taps)
    {
        _layer = layer;
        _geometry = geometry;
        _weights = weights;
        _taps = taps;
    }

    /// <summary>Emits the product; the source's fraction bits must already be equal over positions.</summary>
    public static LoweredTensor Emit(
        LoweringContext context, string layer, LoweredTensor source, ProductGeometry geometry, ScaledConstants weights, ScaledConstants? bias, TensorShape shape)
    {
        var taps = TapFacts.Of(context.Buffer(source), geometry);
        return new ConstantProduct(layer, geometry, weights, taps).Emit(context, source, bias, shape);
    }

    private LoweredTensor Emit(LoweringContext context, LoweredTensor source, ScaledConstants? bias, TensorShape shape)
    {
        int outputs = _geometry.Groups * _geometry.Outputs;
        var sums = FoldConstants(bias, outputs);
        var fractionBits = AccumulatorFractionBits(sums, outputs);
        var raws = new long[_weights.Raw.Length];
        var intervals = new RawInterval[outputs];
        var biases = new long[outputs];
        for (var j = 0; j < outputs; j++)
        {
            var start = sums[j].At(fractionBits[j]);
            biases[j] = ToLong(start, "bias", j);
            intervals[j] = RawInterval.Point(start);
        }

        AlignWeights(raws, intervals, fractionBits);
        var positions = _geometry.Positions;
        var formats = new FixedPointFormat[positions * outputs];
        var ranges = new RawInterval[positions * outputs];
        for (var j = 0; j < outputs; j++)
        {
            var format = FixedPointFormat.ForInterval(intervals[j], fractionBits[j]);
            for (var p = 0; p < positions; p++)
            {
                formats[(p * outputs) + j] = format;
                ranges[(p * outputs) + j] = intervals[j];
            }
        }

        return context.Emit(_layer, "sum", shape, formats, ranges, destination => new ConstantProductInstruction(
            _layer,
            source.Buffer,
            destination,
            positions,
            _geometry.Groups,
            _geometry.Taps,
            _geometry.Outputs,
            _geometry.PositionOffsets,
            _geometry.TapOffsets,
            raws,
            biases));
    }

    private DyadicSum[] FoldConstants(ScaledConstants? bias, int outputs)
    {
        var sums = new DyadicSum[outputs];
        for (var j = 0; j < outputs; j++)
        {
            sums[j] = bias is null ? default : new DyadicSum(bias.Raw[j], bias.FractionBits[j]);
        }

        for (var gt = 0; gt < _taps.Length; gt++)
        {
            var tap = _taps[gt];
            if (!tap.IsConstant || tap.Low.IsZero)
            {
                continue;
            }

            int first = gt / _geometry.Taps * _geometry.Outputs;
            for (var o = 0; o < _geometry.Outputs; o++)
            {
                int w = (gt * _geometry.Outputs) + o;
                sums[first + o] = sums[first + o].Plus(tap.Low * _weights.Raw[w], tap.FractionBits + _weights.FractionBits[w]);
            }
        }

        return sums;
    }

    // The fewest fraction bits that hold every term exactly: trailing zeros of a weight are not needed.
    private int[] AccumulatorFractionBits(DyadicSum[] sums, int outputs)
    {
        var needed = new int[outputs];
        for (var j = 0; j < outputs; j++)
        {
            needed[j] = sums[j].Raw.IsZero ? int.MinValue : sums[j].FractionBits - TrailingZeros.Of(sums[j].Raw);
        }

        for (var gt = 0; gt < _taps.Length; gt++)
        {
            var tap = _taps[gt];
            if (tap.IsConstant)
            {
                continue;
            }

            int first = gt / _geometry.Taps * _geometry.Outputs;
            for (var o = 0; o < _geometry.Outputs; o++)
            {
                int w = (gt * _geometry.Outputs) + o;
                if (_weights.Raw[w] != 0)
                {
                    int bits = tap.FractionBits + _weights.FractionBits[w] - TrailingZeros.Of(_weights.Raw[w]);
                    needed[first + o] = Math.Max(needed[first + o], bits);
                }
            }
        }

        for (var j = 0; j < outputs; j++)
        {
            needed[j] = needed[j] == int.MinValue ? 0 : needed[j];
        }

        return needed;
    }

    private void AlignWeights(long[] raws, RawInterval[] intervals, int[] fractionBits)
    {
        var sums = new RangeSum[intervals.Length];
        for (var gt = 0; gt < _taps.Length; gt++)
        {
            var tap = _taps[gt];
            if (tap.IsConstant)
            {
                continue;
            }

            var range = new RawInterval(tap.Low, tap.High);
            bool small = RangeSum.IsSmall(tap.Low) && RangeSum.IsSmall(tap.High);
            long low = small ? (long)tap.Low : 0, high = small ? (long)tap.High : 0;
            int first = gt / _geometry.Taps * _geometry.Outputs;
            for (var o = 0; o < _geometry.Outputs; o++)
            {
                int w = (gt * _geometry.Outputs) + o;
                if (_weights.Raw[w] == 0)
                {
                    continue;
                }

                int shift = fractionBits[first + o] - tap.FractionBits - _weights.FractionBits[w];
                long weight = raws[w] = Shifted(_weights.Raw[w], shift, first + o);
                if (small && weight > int.MinValue && weight < int.MaxValue)
                {
                    sums[first + o].AddSmall(weight, low, high);
                }
                else
                {
                    sums[first + o].Add(weight, range);
                }
            }
        }

        for (var j = 0; j < intervals.Length; j++)
        {
            intervals[j] += sums[j].Interval;
        }
    }

    private long Shifted(long raw, int shift, int output)
    {
        if (shift <= 0)
        {
            return raw >> Math.Min(-shift, 63);
        }

        var wide = shift < 63 ? raw << shift : 0;
        return shift < 63 && wide >> shift == raw ? wide : ToLong((BigInteger)raw << Math.Min(shift, 4096), "weight", output);
    }

    private long ToLong(BigInteger value, string what, int output)
        => value >= long.MinValue && value <= long.MaxValue
            ? (long)value
            : throw new ModelGraphException(
                GraphErrorCodes.WidthAbove64,
                _layer,
                FormattableString.Invariant($"a {what} of output {output} needs more than 64 bits at the accumulator's fraction bits; bring the formats closer together"));
}
