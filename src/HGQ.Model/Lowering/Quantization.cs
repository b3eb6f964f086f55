using System;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Builds requantize instructions: shift, rounding and overflow of every element, simplified by what its interval proves.</summary>
internal static class Quantization
{
    /// <summary>Applies a layer's activation and output quantizer.</summary>
    public static LoweredTensor Finish(
        LoweringContext context, string layer, LoweredTensor tensor, ActivationKind activation, QuantizerSpec? quantizer)
    {
        var relu = activation == ActivationKind.Relu;
        return quantizer is not null
            ? Quantize(context, layer, tensor, quantizer, relu)
            : relu ? Relu(context, layer, tensor) : tensor;
    }

    /// <summary>max(x, 0), exact.</summary>
    public static LoweredTensor Relu(LoweringContext context, string layer, LoweredTensor tensor)
    {
        var source = context.Buffer(tensor);
        var steps = new Steps(source.Length);
        for (var e = 0; e < source.Length; e++)
        {
            var interval = source.Intervals[e].ClampLow();
            steps.Set(e, FixedPointFormat.ForInterval(interval, source.Formats[e].FractionBits), interval, 0, RoundingMode.Truncate, OverflowAction.None);
        }

        return Emit(context, layer, "relu", tensor, true, steps);
    }

    /// <summary>The same values under more fraction bits: element e gets <paramref name="fractionBits"/>[e].</summary>
    public static LoweredTensor Align(LoweringContext context, string layer, LoweredTensor tensor, int[] fractionBits)
    {
        var source = context.Buffer(tensor);
        var steps = new Steps(source.Length);
        var changed = false;
        for (var e = 0; e < source.Length; e++)
        {
            var format = source.Formats[e];
            var shift = source.IsZero(e) ? 0 : fractionBits[e] - format.FractionBits;
            changed |= shift != 0;
            var aligned = source.IsZero(e)
                ? new FixedPointFormat(false, -fractionBits[e], fractionBits[e])
                : new FixedPointFormat(format.Signed, format.IntegerBits, fractionBits[e]);
            steps.Set(e, aligned, source.Intervals[e].ShiftLeft(shift), -shift, RoundingMode.Truncate, OverflowAction.None);
        }

        return changed ? Emit(context, layer, "aligned", tensor, false, steps) : tensor;
    }

    /// <summary>Quantizes into given formats (fixed-point.md §2).</summary>
    public static LoweredTensor Quantize(
        LoweringContext context, string layer, LoweredTensor tensor, QuantizerSpec quantizer, bool relu)
    {
        var source = context.Buffer(tensor);
        var steps = new Steps(source.Length);
        for (var e = 0; e < source.Length; e++)
        {
            var interval = relu ? source.Intervals[e].ClampLow() : source.Intervals[e];
            QuantizeElement(steps, e, source.Formats[e].FractionBits, interval, quantizer);
        }

        return Emit(context, layer, string.Empty, tensor, relu, steps);
    }

    private static void QuantizeElement(Steps steps, int e, int fractionBits, RawInterval interval, QuantizerSpec quantizer)
    {
        var target = quantizer.Format[e];
        if (target.IsZero || interval.IsPoint)
        {
            var point = target.IsZero
                ? BigInteger.Zero
                : FixedPointArithmetic.Quantize(interval.Low, fractionBits, target, quantizer.Rounding, quantizer.Overflow);
            SetPoint(steps, e, fractionBits, target, point, quantizer);
            return;
        }

        // A left shift by the whole width already moves every bit out; an arithmetic right shift by 63 leaves the sign alone.
        var shift = Math.Max(fractionBits - target.FractionBits, -FixedPointFormat.MaxWidth);
        var rounded = interval.Quantize(shift, shift > 0 ? quantizer.Rounding : RoundingMode.Truncate);
        var action = Range(target, quantizer.Overflow).Contains(rounded) ? OverflowAction.None : ActionOf(quantizer.Overflow);
        var result = OverflowRange.After(rounded, target, action);
        if (result.IsPoint)
        {
            SetPoint(steps, e, fractionBits, target, result.Low, quantizer);
            return;
        }

        if (shift > 63 && quantizer.Rounding == RoundingMode.Truncate && rounded.Low >= -1 && rounded.High <= 0)
        {
            shift = 63;
        }

        steps.Set(e, target, result, shift, shift > 0 ? quantizer.Rounding : RoundingMode.Truncate, action);
    }

    // The value is known: engines print it (integer-program.md §0.4); the recorded step is the definition's own.
    private static void SetPoint(Steps steps, int e, int fractionBits, FixedPointFormat target, BigInteger value, QuantizerSpec quantizer)
    {
        var shift = Math.Max(Math.Min(fractionBits - target.FractionBits, 64), -64);
        var rounding = shift > 0 ? quantizer.Rounding : RoundingMode.Truncate;
        steps.Set(e, target, RawInterval.Point(value), shift, rounding, ActionOf(quantizer.Overflow));
    }

    private static OverflowAction ActionOf(OverflowMode mode) => mode switch
    {
        OverflowMode.Wrap => OverflowAction.Wrap,
        OverflowMode.Saturate => OverflowAction.Saturate,
        OverflowMode.SaturateSymmetric => OverflowAction.SaturateSymmetric,
        OverflowMode.SaturateToZero => OverflowAction.SaturateToZero,
        _ => throw new ModelGraphException(GraphErrorCodes.UnsupportedOverflow, string.Empty, $"overflow mode {mode} is not implemented"),
    };

    // What the mode leaves alone: a symmetric range lacks the lowest code.
    private static RawInterval Range(FixedPointFormat target, OverflowMode overflow)
        => overflow switch
        {
            OverflowMode.SaturateSymmetric when target.Signed => new RawInterval(-target.MaxRaw, target.MaxRaw),
            OverflowMode.Wrap or OverflowMode.Saturate or OverflowMode.SaturateSymmetric or OverflowMode.SaturateToZero
                or OverflowMode.WrapSignMagnitude => target.RawInterval,
            _ => throw new ArgumentOutOfRangeException(nameof(overflow), overflow, "This is no overflow mode."),
        };

    private static LoweredTensor Emit(
        LoweringContext context, string layer, string purpose, LoweredTensor tensor, bool relu, Steps steps)
        => context.Emit(layer, purpose, tensor.Shape, steps.Formats, steps.Intervals, destination => new RequantizeInstruction(
            layer, tensor.Buffer, destination, relu, steps.Shifts, steps.Roundings, steps.Overflows));

    private sealed class Steps
    {
        public Steps(int length)
        {
            Formats = new FixedPointFormat[length];
            Intervals = new RawInterval[length];
            Shifts = new int[length];
            Roundings = new RoundingMode[length];
            Overflows = new OverflowAction[length];
        }

        public FixedPointFormat[] Formats { get; }

        public RawInterval[] Intervals { get; }

        public int[] Shifts { get; }

        public RoundingMode[] Roundings { get; }

        public OverflowAction[] Overflows { get; }

        public void Set(int e, FixedPointFormat format, RawInterval interval, int shift, RoundingMode rounding, OverflowAction overflow)
        {
            Formats[e] = format;
            Intervals[e] = interval;
            Shifts[e] = shift;
            Roundings[e] = rounding;
            Overflows[e] = overflow;
        }
    }
}
