using System;
using System.Linq;
using System.Numerics;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;

namespace HGQ.Import.Onnx;

/// <summary>Quantizers of QONNX and of ONNX itself.</summary>
internal static class OnnxQuantizers
{
    private const int MostBits = 48;

    public static OnnxValue Quant(OnnxTask task)
    {
        if (OnnxElementQuantizers.Quant(task) is { } elements)
        {
            return elements;
        }

        int bits = BitWidth(task, 3);
        bool signed = task.Integer("signed", 1) != 0, narrow = task.Integer("narrow", 0) != 0;
        OnnxConstant scale = task.Constant(1, "scale");
        Rational zero = task.Constant(2, "zero point").Single(task.Name, "zero point");
        if (bits == 1 && signed)
        {
            return zero.IsZero ? Bipolar(task) : throw task.Refuse("one signed bit with a zero point has no meaning");
        }

        CodeTarget range = CodeTarget.Of(Rational.One, bits, signed, narrow, Rounding(task, "ROUND"));
        return Uniform(task, scale, zero, range, roundsWithZero: true);
    }

    public static OnnxValue Bipolar(OnnxTask task)
    {
        OnnxConstant scale = task.Constant(1, "scale");
        if (task.IsConstant(0))
        {
            return OnnxTask.Of(OnnxConstant.Combine(task.Constant(0, "input"), scale, task.Name, static (x, s) => x.Sign < 0 ? -s : s));
        }

        (TensorValue value, Rational[] scales) = task.ByChannel(task.Tensor(0), scale, "scale");
        RequirePositive(task, scales);
        return OnnxTask.Of(task.Draft.Sign(value, task.Name, Rational.One).Then(
            new AffineStep(scales, [Rational.Zero])));
    }

    /// <summary>Drops the lowest bits of codes: version 1 by the widths, version 2 by the scale of the output.</summary>
    public static OnnxValue Trunc(OnnxTask task)
    {
        Rational scale = task.Constant(1, "scale").Single(task.Name, "scale"),
            zero = task.Constant(2, "zero point").Single(task.Name, "zero point");
        bool second = task.Inputs.Count > 5;
        int input = BitWidth(task, 3), output = BitWidth(task, second ? 5 : 4);
        Rational outputScale = second ? task.Constant(4, "output scale").Single(task.Name, "output scale") : scale;
        Rational step = second ? outputScale / scale : Rational.PowerOfTwo(input - output);
        if (!zero.IsZero || !step.IsPowerOfTwo || step < 1)
        {
            throw task.Refuse("a zero point, or a step that is no power of two, has no exact form");
        }

        // The codes in front are integers already; only their lowest bits are rounded away.
        bool signed = task.Integer("signed", 1) != 0;
        CodeTarget range = second
            ? CodeTarget.Of(Rational.One, output, signed, task.Integer("narrow", 0) != 0, Rounding(task, "FLOOR"))
            : new CodeTarget([Rational.One], 0, false, -(BigInteger.One << output), (BigInteger.One << output) - 1,
                Rounding(task, "FLOOR"));
        TensorValue codes = task.Draft.QuantizeCodes(task.Tensor(0), task.Name, range with { Scale = [scale * step] });
        return OnnxTask.Of(codes.Then(AffineStep.ByScale(outputScale / (scale * step))));
    }

    public static OnnxValue QuantizeLinear(OnnxTask task)
    {
        OnnxConstant scale = task.Constant(1, "scale");
        OnnxConstant? zero = task.Optional(2, "zero point");
        (BigInteger low, BigInteger high) = RangeOf(task, zero);
        var range = new CodeTarget([Rational.One], 0, false, low, high, SourceRounding.HalfEven);
        Rational point = zero is null ? Rational.Zero : zero.Values.All(z => z == zero.Values[0]) ? zero.Values[0]
            : throw task.Refuse("zero points that differ by channel have no exact form here; use one for the tensor");
        if (task.IsConstant(0))
        {
            OnnxConstant steps = Along(task, scale, task.Constant(0, "input").Shape);
            return OnnxTask.Of(OnnxConstant.Combine(
                task.Constant(0, "input"), steps, task.Name, (x, s)
                => Rational.Max(low, Rational.Min(high, Roundings.Apply(SourceRounding.HalfEven, x / s) + point))));
        }

        OnnxValue real = Uniform(task, scale, point, range, roundsWithZero: false);
        Rational[] scales = ScalesOf(real.Tensor!, scale);
        return OnnxTask.Of(real.Tensor!.Then(new AffineStep([.. scales.Select(static s => Rational.One / s)], [point])));
    }

    public static OnnxValue DequantizeLinear(OnnxTask task)
    {
        OnnxConstant scale = task.Constant(1, "scale"), zero = task.Optional(2, "zero point") ?? new OnnxConstant([], [Rational.Zero]);
        if (task.IsConstant(0))
        {
            OnnxConstant codes = task.Constant(0, "input");
            OnnxConstant differences = OnnxConstant.Combine(codes, Along(task, zero, codes.Shape), task.Name, static (x, z) => x - z);
            return OnnxTask.Of(OnnxConstant.Combine(differences, Along(task, scale, codes.Shape), task.Name, static (x, s) => x * s));
        }

        (TensorValue value, Rational[] scales) = ByAxis(task, task.Tensor(0), scale);
        Rational[] points = zero.Values.Length == 1 ? zero.Values : ByAxis(task, value, zero).Numbers;
        RequirePositive(task, scales);
        int length = Math.Max(scales.Length, points.Length);
        return OnnxTask.Of(value.Then(
            new AffineStep(scales,
            [.. Enumerable.Range(0, length).Select(c => -(points[points.Length == 1 ? 0 : c] * scales[scales.Length == 1 ? 0 : c]))])));
    }

    /// <summary>The number of thresholds that a value reaches, as FINN counts them.</summary>
    public static OnnxValue MultiThreshold(OnnxTask task)
    {
        OnnxConstant thresholds = task.Constant(1, "thresholds");
        if (thresholds.Shape.Length != 2)
        {
            throw task.Refuse("its thresholds are no matrix of channels and steps");
        }

        TensorValue value = task.Tensor(0);
        bool first = value.Shape.Rank > 1 && task.Text("data_layout", "NCHW") is "NCHW" or "NCW";
        value = first ? task.Draft.ChannelsLast(value, task.Name, sourceIsChannelsFirst: true) : task.Draft.InSourceOrder(value, task.Name);
        Rational scale = task.Real("out_scale", 1), bias = task.Real("out_bias", 0);
        int rows = thresholds.Shape[0], steps = thresholds.Shape[1];
        if (steps < 1 || (rows != 1 && rows != value.Channels))
        {
            throw task.Refuse($"its thresholds are {rows} rows of {steps} for {value.Channels} channels");
        }

        Rational[][] sorted =
            [.. Enumerable.Range(0, rows).Select(row => thresholds.Values[(row * steps)..((row + 1) * steps)].Order().ToArray())];
        Rational[] spacing = [.. sorted.Select(row => Rational.Max(row[^1] - row[0], Rational.PowerOfTwo(-32)) / Math.Max(1, steps - 1))];
        var target = new CodeTarget(spacing, 0, false, 0, steps, SourceRounding.Floor) { Thresholds = sorted };
        TensorValue counts = task.Draft.QuantizeCodes(value, task.Name, target) with { Steps = [] };
        return OnnxTask.Of(counts.Then(new AffineStep([scale], [bias])));
    }

    // The type of the zero point is that of the codes; without one they are bytes, or what the node says.
    private static (BigInteger Low, BigInteger High) RangeOf(OnnxTask task, OnnxConstant? zero)
    {
        int type = zero?.Type ?? task.Integer("output_dtype", 2);
        (int bits, bool signed) = type switch
        {
            2 => (8, false),
            3 => (8, true),
            4 => (16, false),
            5 => (16, true),
            6 => (32, true),
            21 => (4, false),
            22 => (4, true),
            _ => throw task.Refuse($"its codes are of type {type}; integers of 4, 8, 16 and 32 bits can be imported"),
        };
        CodeTarget range = CodeTarget.Of(Rational.One, bits, signed, narrow: false, SourceRounding.HalfEven);
        return (range.Low, range.High);
    }

    private static OnnxValue Uniform(OnnxTask task, OnnxConstant scale, Rational zero, CodeTarget range, bool roundsWithZero)
    {
        if (!zero.Denominator.IsOne)
        {
            throw task.Refuse($"its zero point {zero} is no integer");
        }

        range = range with { Zero = zero.Numerator, RoundsWithZero = roundsWithZero };
        RequirePositive(task, scale.Values);
        if (task.IsConstant(0))
        {
            return OnnxTask.Of(OnnxConstant.Combine(
                task.Constant(0, "input"), scale, task.Name, (x, s) => (Rational)(range with { Scale = [s] }).Code(0, x) * s));
        }

        (TensorValue value, Rational[] scales) = task.Node.OpType == "QuantizeLinear" ? ByAxis(task, task.Tensor(0), scale)
            : task.ByChannel(task.Tensor(0), scale, "scale");
        return OnnxTask.Of(task.Draft.QuantizeCodes(value, task.Name, range with { Scale = scales }));
    }

    private static Rational[] ScalesOf(TensorValue value, OnnxConstant scale) => scale.Values.Length == 1
        || value.Channels != scale.Values.Length ? [scale.Values[0]] : scale.Values;

    // Scales along the attribute axis; one for all is the usual case.
    private static (TensorValue Value, Rational[] Numbers) ByAxis(OnnxTask task, TensorValue value, OnnxConstant numbers)
    {
        if (numbers.Values.Length == 1)
        {
            return (value, numbers.Values);
        }

        var shape = new int[value.Shape.Rank + 1];
        Array.Fill(shape, 1);
        shape[task.Axis(task.Integer("axis", 1), value) + 1] = numbers.Values.Length;
        return task.ByChannel(value, numbers with { Shape = shape }, "scale");
    }

    private static OnnxConstant Along(OnnxTask task, OnnxConstant numbers, int[] shape)
    {
        if (numbers.Values.Length == 1)
        {
            return numbers with { Shape = [] };
        }

        int axis = task.Integer("axis", 1);
        axis = axis < 0 ? axis + shape.Length : axis;
        if (axis < 0 || axis >= shape.Length || shape[axis] != numbers.Values.Length || task.Integer("block_size", 0) != 0)
        {
            throw task.Refuse($"its {numbers.Values.Length} scales do not fit axis {axis} of [{string.Join(", ", shape)}], or are blocks");
        }

        return numbers with { Shape = [.. shape.Select((size, n) => n == axis ? size : 1)] };
    }

    private static void RequirePositive(OnnxTask task, Rational[] scales)
    {
        if (scales.Any(static s => s.Sign <= 0))
        {
            throw task.Refuse("its scale is not positive");
        }
    }

    private static int BitWidth(OnnxTask task, int index)
    {
        Rational bits = task.Constant(index, "bit width").Single(task.Name, "bit width");
        return bits.Denominator.IsOne && bits >= 1 && bits <= MostBits ? (int)bits.Numerator
            : throw task.Refuse($"its bit width is {bits}; 1 to {MostBits} can be imported");
    }

    internal static SourceRounding Rounding(OnnxTask task, string otherwise) => RoundingOf(task, task.Text("rounding_mode", otherwise));

    private static SourceRounding RoundingOf(OnnxTask task, string mode) => mode.ToUpperInvariant() switch
    {
        "ROUND" or "HALF_EVEN" => SourceRounding.HalfEven,
        "FLOOR" => SourceRounding.Floor,
        "CEIL" => SourceRounding.Ceiling,
        "DOWN" => SourceRounding.ToZero,
        "UP" => SourceRounding.AwayFromZero,
        "HALF_UP" => SourceRounding.HalfAway,
        "HALF_DOWN" => SourceRounding.HalfToZero,
        _ => throw task.Refuse(
            $"its rounding_mode is {mode}; ROUND, HALF_EVEN, FLOOR, CEIL, UP, DOWN, HALF_UP and HALF_DOWN are known"),
    };
}
