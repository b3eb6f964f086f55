using System;
using System.Linq;
using System.Numerics;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Onnx;

/// <summary>Quantizers whose elements have formats of their own: Quant with tensors of bit widths, and those of our own exports.</summary>
internal static class OnnxElementQuantizers
{
    private const int MostBits = 64;

    /// <summary>Quant of a tensor whose bit widths differ; null where one is for all.</summary>
    public static OnnxValue? Quant(OnnxTask task)
    {
        OnnxConstant scale = task.Constant(1, "scale"), bits = task.Constant(3, "bit width"), zero = task.Constant(2, "zero point");
        if (bits.Values.All(b => b == bits.Values[0]) && scale.Values.Length == 1)
        {
            return null;
        }

        bool signed = task.Integer("signed", 1) != 0, narrow = task.Integer("narrow", 0) != 0;
        bool powers = scale.Values.All(static s => s.IsPowerOfTwo) && zero.Values.All(static z => z.IsZero);
        if (bits.Values.All(b => b == bits.Values[0]) && (task.IsConstant(0) || !powers))
        {
            return null;
        }

        if (!powers || task.IsConstant(0) || Roundings.ModeOf(OnnxQuantizers.Rounding(task, "ROUND")) is not { } rounding
            || (narrow && !signed) || bits.Values.Any(b => !b.Denominator.IsOne || b < (signed ? 2 : 1) || b > MostBits))
        {
            throw task.Refuse("bit widths that differ by element can be imported with scales that are powers of two, no zero point, "
                + "2 to 64 bits (unsigned: 1 to 64), and the roundings ROUND, FLOOR, DOWN, HALF_UP and HALF_DOWN");
        }

        TensorValue value = task.Draft.InSourceOrder(task.Tensor(0), task.Name);
        Rational[] scales = Elements(task, scale, value, "scale"), widths = Elements(task, bits, value, "bit width");
        FixedPointFormat[] formats = [.. scales.Zip(widths, (s, b) => Format(signed, (int)b.Numerator, s.FractionBits))];
        return OnnxTask.Of(task.Draft.QuantizeFixed(value, task.Name, new TensorFormat(value.Shape, formats), rounding,
            narrow ? OverflowMode.SaturateSymmetric : OverflowMode.Saturate));
    }

    /// <summary>A quantizer of our own exports: its name says the modes, its constants the formats.</summary>
    public static OnnxValue Own(OnnxTask task)
    {
        string[] modes = task.Node.OpType.Split('_');
        if (modes.Length != 2 || !Enum.TryParse(modes[0], out RoundingMode rounding) || !Enum.TryParse(modes[1], out OverflowMode overflow))
        {
            throw task.Refuse($"this is no quantizer of the domain {OwnQuantizers.Domain}");
        }

        TensorValue value = task.Draft.InSourceOrder(task.Tensor(0), task.Name);
        Rational[] scale = Elements(task, task.Constant(1, "scale"), value, "scale"),
            low = Elements(task, task.Constant(2, "low"), value, "low"), high = Elements(task, task.Constant(3, "high"), value, "high");
        var formats = new FixedPointFormat[scale.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            int magnitude = (int)(high[e].Numerator + 1).GetBitLength() - 1;
            FixedPointFormat format = Format(low[e].Sign < 0, magnitude + (low[e].Sign < 0 ? 1 : 0), scale[e].FractionBits);
            BigInteger least = overflow == OverflowMode.SaturateSymmetric && format.Signed ? -format.MaxRaw : format.MinRaw;
            formats[e] = scale[e].IsPowerOfTwo && high[e] == format.MaxRaw && low[e] == least ? format
                : throw task.Refuse($"its scale {scale[e]} and limits {low[e]} to {high[e]} are no fixed-point format");
        }

        return OnnxTask.Of(task.Draft.QuantizeFixed(value, task.Name, new TensorFormat(value.Shape, formats), rounding, overflow));
    }

    private static FixedPointFormat Format(bool signed, int bits, int fractionBits)
        => new(signed, bits - (signed ? 1 : 0) - fractionBits, fractionBits);

    // Broadcast to the elements of a sample.
    private static Rational[] Elements(OnnxTask task, OnnxConstant numbers, TensorValue value, string what)
    {
        int[] shape = [1, .. value.Shape.Dimensions];
        OnnxConstant all = OnnxConstant.Combine(numbers, new OnnxConstant(shape, new Rational[value.Shape.Size]), task.Name,
            static (number, _) => number);
        return all.Shape.SequenceEqual(shape) ? all.Values
            : throw task.Refuse($"its {what} of shape [{string.Join(", ", numbers.Shape)}] does not fit [{string.Join(", ", shape)}]");
    }
}
