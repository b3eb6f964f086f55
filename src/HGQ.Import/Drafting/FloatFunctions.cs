using System;

namespace HGQ.Import.Drafting;

/// <summary>Functions of one element that float models name, by the names of Keras and ONNX.</summary>
internal static class FloatFunctions
{
    private const double SeluAlpha = 1.6732632423543772, SeluScale = 1.0507009873554805;

    /// <summary>The function; null where the name is none.</summary>
    public static FunctionStep? Of(string name)
    {
        string kind = name.ToLowerInvariant();
        Func<double, double>? function = kind switch
        {
            "tanh" => Math.Tanh,
            "sigmoid" => Sigmoid,
            "elu" => static x => x > 0 ? x : Math.Exp(x) - 1,
            "selu" => static x => SeluScale * (x > 0 ? x : SeluAlpha * (Math.Exp(x) - 1)),
            "softplus" => static x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
            "softsign" => static x => x / (1 + Math.Abs(x)),
            "swish" or "silu" => static x => x * Sigmoid(x),
            "exponential" => Math.Exp,
            _ => null,
        };
        return function is null ? null : new FunctionStep(kind, function);
    }

    private static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
