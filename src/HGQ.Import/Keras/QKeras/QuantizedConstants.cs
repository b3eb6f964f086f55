using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Exact;

namespace HGQ.Import.Keras.QKeras;

/// <summary>Quantizers of QKeras on weights.</summary>
internal static class QuantizedConstants
{
    private const float Epsilon = 1e-7f;

    /// <summary>The quantized weights, exact; without a quantizer the weights themselves.</summary>
    /// <param name="weights">Weights as float32 has them.</param>
    /// <param name="call">The quantizer, or null.</param>
    /// <param name="isKernel">Whether a missing alpha means a scale that is computed from the weights, as QKeras does for kernels.</param>
    public static Rational[] Apply(HdfArray weights, QuantizerCall? call, bool isKernel)
    {
        if (call is null)
        {
            return [.. weights.Values.Select(Rational.Of)];
        }

        bool automatic = call.IsText("alpha") || (isKernel && !call.Has("alpha") && call.Kind is "quantized_bits" or "binary" or "ternary");
        return call.Kind switch
        {
            "quantized_bits" or "binary" or "ternary" when automatic => AutomaticScales.Apply(weights, call),
            "quantized_linear" when automatic
                => throw call.Refuse("a computed alpha of quantized_linear is not supported; use quantized_bits, or a number"),
            "quantized_bits" => Bits(weights, call),
            "quantized_linear" => Linear(weights, call),
            "binary" => Fixed(weights, call, x => x < 0 ? call.Flag("use_01", false) ? 0 : -1 : 1),
            "ternary" => Fixed(weights, call, x => Math.Abs(x) >= call.Number("threshold", 1) ? Math.Sign(x) : 0),
            "quantized_po2" => [.. weights.Values.Select(x => PowerOfTwo(x, call, call.Integer("bits", 8) - 1))],
            "quantized_relu_po2" when call.Number("negative_slope", 0) == 0
                => [.. weights.Values.Select(x => PowerOfTwo(Math.Max(x, 0), call, call.Integer("bits", 8)))],
            "quantized_relu" when call.Number("negative_slope", 0) == 0 && !call.Flag("use_sigmoid", false) => Relu(weights, call),
            _ => throw call.Refuse("this quantizer of weights has no exact form here; use quantized_bits, binary, ternary or "
                + "quantized_po2"),
        };
    }

    private static Rational[] Bits(HdfArray weights, QuantizerCall call)
    {
        bool signed = call.Flag("keep_negative", true);
        int magnitude = call.Integer("bits", 8) - (signed ? 1 : 0);
        if (magnitude == 0)
        {
            return Fixed(weights, call, static x => x < 0 ? -1 : 1);
        }

        Rational most = Rational.PowerOfTwo(magnitude), step = Rational.PowerOfTwo(call.Integer("integer", 0) - magnitude);
        Rational low = signed ? -most + (call.Flag("symmetric", false) ? 1 : 0) : Rational.Zero;
        return Uniform(weights, step, low, most - Rational.One, AlphaOf(call, weights));
    }

    private static Rational[] Linear(HdfArray weights, QuantizerCall call)
    {
        bool signed = call.Flag("keep_negative", true);
        int bits = call.Integer("bits", 8), magnitude = bits - (signed ? 1 : 0);
        Rational[] alpha = AlphaOf(call, weights);
        Rational step = Rational.PowerOfTwo(call.Integer("integer", 0) - magnitude);
        if (magnitude == 0)
        {
            return [.. weights.Values.Select((x, e) => alpha[e % alpha.Length] * step * new Rational(x < 0 ? -1 : 1, 2))];
        }

        Rational most = Rational.PowerOfTwo(magnitude), low = signed ? -most + (call.Flag("symmetric", true) ? 1 : 0) : Rational.Zero;
        return [.. weights.Values.Select(
            (x, e) => Clipped(Rational.Of(x) / (step * alpha[e % alpha.Length]), low,
            most - Rational.One) * step * alpha[e % alpha.Length])];
    }

    private static Rational[] Relu(HdfArray weights, QuantizerCall call)
    {
        int bits = call.Integer("bits", 8);
        return Uniform(weights, Rational.PowerOfTwo(call.Integer("integer", 0) - bits), Rational.Zero,
            Rational.PowerOfTwo(bits) - Rational.One, [Rational.One]);
    }

    private static Rational[] Uniform(HdfArray weights, Rational step, Rational low, Rational high, Rational[] alpha)
        => [.. weights.Values.Select((x, e) => Clipped(Rational.Of(x) / step, low, high) * step * alpha[e % alpha.Length])];

    private static Rational Clipped(Rational code, Rational low, Rational high)
        => Rational.Max(low, Rational.Min(high, Roundings.Apply(SourceRounding.HalfEven, code)));

    private static Rational[] Fixed(HdfArray weights, QuantizerCall call, Func<double, int> code)
    {
        Rational[] alpha = AlphaOf(call, weights);
        return [.. weights.Values.Select((x, e) => (Rational)code(x) * alpha[e % alpha.Length])];
    }

    // One factor, or one for each output: the last axis.
    private static Rational[] AlphaOf(QuantizerCall call, HdfArray weights)
    {
        IReadOnlyList<double> alpha = call.Numbers("alpha") ?? [1];
        return alpha.Count == 1 || (weights.Shape.Length > 0 && alpha.Count == weights.Shape[^1])
            ? [.. alpha.Select(Rational.Of)]
            : throw call.Refuse(FormattableString.Invariant($"its alpha has {alpha.Count} numbers, which are not one for each output"));
    }

    // The nearest power of two on a logarithmic scale, in float32 as QKeras computes it.
    private static Rational PowerOfTwo(double x, QuantizerCall call, int magnitudeBits)
    {
        bool quadratic = call.Flag("quadratic_approximation", false);
        double? most = call.Has("max_value") ? call.Number("max_value", 0) : null;
        int exponentBits = magnitudeBits - (most is null or > 1 ? 1 : 0);
        if (exponentBits is < 0 or > 8)
        {
            throw call.Refuse("its exponents need 0 to 8 bits");
        }

        int low = -(1 << exponentBits), high = (1 << exponentBits) - 1;
        high = quadratic ? 2 * (high / 2) : high;
        var magnitude = (float)Math.Abs(x);
        int exponent = low;
        if (magnitude >= Epsilon)
        {
            magnitude = most is { } limit && magnitude >= (float)limit ? (float)limit : magnitude;
            float log = MathF.Log(quadratic ? MathF.Sqrt(magnitude) : magnitude) / (float)Math.Log(2);
            bool floor = call.IsText("log2_rounding") && call.Text("log2_rounding") == "floor";
            float rounded = floor ? MathF.Floor(log) : MathF.Round(log, MidpointRounding.ToEven);
            exponent = (quadratic ? 2 : 1) * (int)Math.Clamp(rounded, low, high);
        }

        return (x < 0 ? -Rational.One : Rational.One) * Rational.PowerOfTwo(exponent);
    }
}
