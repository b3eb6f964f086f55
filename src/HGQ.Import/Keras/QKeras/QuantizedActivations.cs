using System;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;

namespace HGQ.Import.Keras.QKeras;

/// <summary>Quantizers of QKeras on activations.</summary>
internal static class QuantizedActivations
{
    private const int MostBits = 48;

    public static TensorValue Apply(GraphDraft draft, TensorValue value, string name, QuantizerCall call) => call.Kind switch
    {
        "quantized_bits" => Bits(draft, value, name, call),
        "quantized_linear" => Linear(draft, value, name, call),
        "quantized_relu" => Relu(draft, value, name, call),
        "quantized_tanh" => Tanh(draft, value, name, call),
        "quantized_sigmoid" => Sigmoid(draft, value, name, call),
        "binary" => Binary(draft, value, name, call),
        "ternary" => Ternary(draft, value, name, call),
        _ => throw call.Refuse("this quantizer of activations has no exact form here; use quantized_bits, quantized_relu, "
            + "quantized_tanh, quantized_sigmoid, binary or ternary"),
    };

    private static TensorValue Bits(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        (int bits, int integer, bool signed) = Widths(call);
        Rational alpha = Alpha(call);
        int magnitude = bits - (signed ? 1 : 0);
        if (magnitude == 0)
        {
            return draft.Sign(value, name, alpha);
        }

        var target = CodeTarget.Of(Rational.PowerOfTwo(integer - magnitude), bits, signed, signed
            && call.Flag("symmetric", false), SourceRounding.HalfEven);
        return draft.QuantizeCodes(value, name, target).Then(AffineStep.ByScale(alpha));
    }

    private static TensorValue Linear(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        (int bits, int integer, bool signed) = Widths(call);
        Rational scale = Rational.PowerOfTwo(integer - bits + (signed ? 1 : 0)) * Alpha(call);
        return bits == 1 && signed
            ? draft.Sign(value, name, scale * new Rational(1, 2))
            : draft.QuantizeCodes(value, name,
                CodeTarget.Of(scale, bits, signed, signed && call.Flag("symmetric", true), SourceRounding.HalfEven));
    }

    private static TensorValue Relu(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        (int bits, int integer, _) = Widths(call);
        Rational slope = Rational.Of(call.Number("negative_slope", 0)), one = Rational.PowerOfTwo(integer);
        int magnitude = bits - (slope.IsZero ? 0 : 1);
        Rational steps = Rational.PowerOfTwo(magnitude);
        if (call.Flag("use_sigmoid", false))
        {
            return slope.IsZero ? ReluBySigmoid(draft, value, name, one, steps)
                : throw call.Refuse("use_sigmoid together with a negative_slope has no exact form here; leave one of them out");
        }

        if (slope.Sign < 0 || slope > Rational.One || (!slope.IsZero && !slope.IsPowerOfTwo))
        {
            throw call.Refuse($"its negative_slope is {slope}; it must be 0 or a power of two of at most 1");
        }

        // With a slope QKeras rounds the positive and the negative part by themselves; rounding half to even is odd, so that both are this.
        Rational low = -(slope * steps);
        value = value.Then(new RectifyStep(slope));
        var target = new CodeTarget([one / steps], 0, false, low.Floor(), (steps - Rational.One).Floor(), SourceRounding.HalfEven);
        TensorValue result = low.Denominator.IsOne ? draft.QuantizeCodes(value, name, target)
            : throw call.Refuse($"its negative_slope {slope} is less than one step of its {bits} bits");
        return call.Has("relu_upper_bound") && !call.Flag("is_quantized_clip", true) && call.Number("relu_upper_bound", 0) != 0
            ? result.Then(new ClipStep(null, Rational.Of(call.Number("relu_upper_bound", 0))))
            : result;
    }

    private static TensorValue ReluBySigmoid(GraphDraft draft, TensorValue value, string name, Rational one, Rational steps)
    {
        var half = new Rational(1, 2);
        value = value.Then(new AffineStep([half / one], [half])).Then(new ClipStep(Rational.Zero, Rational.One));
        value = draft.QuantizeCodes(value, name,
            new CodeTarget([Rational.One / steps], 0, false, 0, steps.Numerator, SourceRounding.HalfEven));
        return value.Then(new AffineStep([one * 2], [-one])).Then(new ClipStep(Rational.Zero, one - (one / steps)));
    }

    private static TensorValue Tanh(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        (int bits, _, _) = Widths(call);
        var target = CodeTarget.Of(Rational.PowerOfTwo(1 - bits), bits, signed: true, call.Flag("symmetric", false),
            SourceRounding.HalfEven);
        return call.Flag("use_real_tanh", false) ? Tables.Quantized(draft, value, name, Math.Tanh, target)
            : draft.QuantizeCodes(value, name, target);
    }

    private static TensorValue Sigmoid(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        (int bits, _, _) = Widths(call);
        CodeTarget target = CodeTarget.Of(Rational.PowerOfTwo(-bits), bits, signed: false, narrow: false, SourceRounding.HalfEven);
        target = target with { Low = call.Flag("symmetric", false) ? 1 : 0 };
        if (call.Flag("use_real_sigmoid", false))
        {
            return Tables.Quantized(draft, value, name, static x => 1 / (1 + Math.Exp(-x)), target);
        }

        var half = new Rational(1, 2);
        return draft.QuantizeCodes(value.Then(new AffineStep([half], [half])), name, target);
    }

    private static TensorValue Binary(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        Rational alpha = Alpha(call);
        TensorValue sign = draft.Sign(value, name, Rational.One);
        return call.Flag("use_01", false)
            ? sign.Then(new AffineStep([alpha * new Rational(1, 2)], [alpha * new Rational(1, 2)]))
            : sign.Then(AffineStep.ByScale(alpha));
    }

    private static TensorValue Ternary(GraphDraft draft, TensorValue value, string name, QuantizerCall call)
    {
        Rational threshold = call.Has("threshold") ? Rational.Of(call.Number("threshold", 1)) : Rational.One, step = threshold * 2;
        TensorValue codes = draft.QuantizeCodes(value, name, new CodeTarget([step], 0, false, -1, 1, SourceRounding.HalfAway));
        return codes.Then(AffineStep.ByScale(Alpha(call) / step));
    }

    private static (int Bits, int Integer, bool Signed) Widths(QuantizerCall call)
    {
        int bits = call.Integer("bits", 8), integer = call.Integer("integer", 0);
        return bits is < 1 or > MostBits || Math.Abs(integer) > MostBits
            ? throw call.Refuse(
                FormattableString.Invariant($"it has {bits} bits and {integer} integer bits; 1 to {MostBits} bits can be imported"))
            : (bits, integer, call.Flag("keep_negative", true));
    }

    private static Rational Alpha(QuantizerCall call)
    {
        if (call.IsText("alpha"))
        {
            throw call.Refuse($"alpha='{call.Text("alpha")}' on an activation depends on the data of each batch; use a number");
        }

        double[]? alpha = call.Numbers("alpha");
        return alpha is null ? Rational.One : alpha.Length == 1 && alpha[0] > 0 ? Rational.Of(alpha[0])
            : throw call.Refuse("its alpha is no single positive number");
    }
}
