using System;
using HGQ.Model.FixedPoint;
using Onnx;

namespace HGQ.Import.Emission.Qonnx;

/// <summary>
/// What quantizers compute, as functions of standard operators, so that evaluators run files whose nodes they do not know.
/// </summary>
internal static class QuantizerFunctions
{
    /// <summary>Domain of Quant.</summary>
    public const string QonnxDomain = "qonnx.custom_op.general";

    /// <summary>Attribute of Quant that is 1 where <c>rounding_mode</c> is FLOOR; tools of QONNX pass it over.</summary>
    public const string Floors = "floors";

    private const int OperatorSet = 17;

    /// <summary>Quant of QONNX with the roundings ROUND and FLOOR.</summary>
    public static FunctionProto Quant()
    {
        var body = new FunctionBody(QonnxDomain, "Quant", OperatorSet, ["x", "scale", "zeropt", "bitwidth"]);
        string one = body.Number(1), unsigned = body.OneMinus("signed"), wide = body.OneMinus("narrow");
        string signed = body.Node("Sub", one, unsigned), narrow = body.Node("Sub", one, wide);

        // Texts can't be compared before opset 19; calls say it twice.
        body.Declare("rounding_mode");
        string rounds = body.Node("Greater", body.OneMinus(Floors), body.Number(0));
        string scaled = body.Node("Add", body.Node("Div", "x", "scale"), "zeropt");
        string code = body.Node("Where", rounds, body.Node("Round", scaled), body.Node("Floor", scaled));
        string full = body.Node("Pow", body.Number(2), body.Node("Sub", "bitwidth", signed));
        string high = body.Node("Sub", body.Node("Sub", full, one), body.Node("Mul", unsigned, narrow));
        string low = body.Node("Mul", signed, body.Node("Sub", narrow, full));
        string clipped = body.Node("Min", body.Node("Max", code, low), high);
        return body.Returning(body.Node("Mul", body.Node("Sub", clipped, "zeropt"), "scale"));
    }

    /// <summary>Name of a quantizer that Quant can't say.</summary>
    public static string NameOf(RoundingMode rounding, OverflowMode overflow) => $"{rounding}_{overflow}";

    /// <summary>
    /// x/scale rounded, then brought to low … high: inputs are x, scale, low, high. Symmetric saturation is saturation with other limits.
    /// </summary>
    public static FunctionProto Own(RoundingMode rounding, OverflowMode overflow)
    {
        var body = new FunctionBody(OwnQuantizers.Domain, NameOf(rounding, overflow), OperatorSet, ["x", "scale", "low", "high"]);
        string code = Rounded(body, body.Node("Div", "x", "scale"), rounding);
        string brought = overflow switch
        {
            OverflowMode.Wrap => Wrapped(body, code),
            OverflowMode.Saturate or OverflowMode.SaturateSymmetric => body.Node("Min", body.Node("Max", code, "low"), "high"),
            OverflowMode.SaturateToZero => body.Node("Where", body.Node("Equal", body.Node("Min", body.Node("Max", code, "low"), "high"),
                code), code, body.Number(0)),
            OverflowMode.WrapSignMagnitude => throw new ArgumentException("WrapSignMagnitude has no arithmetic", nameof(overflow)),
            _ => throw new ArgumentOutOfRangeException(nameof(overflow), overflow, "This is no overflow mode."),
        };
        return body.Returning(body.Node("Mul", brought, "scale"));
    }

    // Twice a difference whose result has few bits: exact as long as the width has 24.
    private static string Wrapped(FunctionBody body, string code)
    {
        string modulus = body.Node("Add", body.Node("Sub", "high", "low"), body.Number(1));
        string rest = Remainder(body, code, modulus);
        return body.Node("Sub", rest, body.Node("Mul", modulus, body.Real(body.Node("Greater", rest, "high"))));
    }

    private static string Remainder(FunctionBody body, string code, string modulus)
        => body.Node("Sub", code, body.Node("Mul", body.Node("Floor", body.Node("Div", code, modulus)), modulus));

    private static string Rounded(FunctionBody body, string x, RoundingMode rounding) => rounding switch
    {
        RoundingMode.Truncate => body.Node("Floor", x),
        RoundingMode.TruncateToZero => BySign(body, x, magnitude => body.Node("Floor", magnitude)),
        RoundingMode.RoundHalfUp => Half(body, x, "GreaterOrEqual"),
        RoundingMode.RoundHalfDown => body.Node("Neg", Half(body, body.Node("Neg", x), "GreaterOrEqual")),
        RoundingMode.RoundHalfAway => BySign(body, x, magnitude => Half(body, magnitude, "GreaterOrEqual")),
        RoundingMode.RoundHalfToZero => BySign(body, x, magnitude => Half(body, magnitude, "Greater")),
        RoundingMode.RoundHalfEven => body.Node("Round", x),
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
    };

    private static string BySign(FunctionBody body, string x, Func<string, string> round)
        => body.Node("Mul", body.Node("Sign", x), round(body.Node("Abs", x)));

    private static string Half(FunctionBody body, string x, string comparison)
    {
        string floor = body.Node("Floor", x);
        string raises = body.Node(comparison, body.Node("Sub", x, floor), body.Number(0.5f));
        return body.Node("Add", floor, body.Real(raises));
    }
}
