using System;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>A function of one number, as an operator for training and as plain arithmetic for the table that is exported.</summary>
/// <param name="Name">Name in messages and model files.</param>
/// <param name="Apply">Differentiable, element by element.</param>
/// <param name="Value">The same function of one number.</param>
public sealed record UnaryFunction(string Name, Func<torch.Tensor, torch.Tensor> Apply, Func<double, double> Value)
{
    /// <summary>What no result exceeds, or null: tracing does not widen ranges beyond it.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>max(x, 0).</summary>
    public static UnaryFunction Relu { get; } = new("relu", static x => x.Relu(), static x => Math.Max(x, 0));

    /// <summary>x, and x/4 below 0: an exact slope.</summary>
    public static UnaryFunction LeakyRelu { get; } = new("leaky_relu", static x => x.LeakyRelu(0.25), static x => x < 0 ? x / 4 : x);

    /// <summary>x held between −1 and 1.</summary>
    public static UnaryFunction HardTanh { get; } = new("hard_tanh", static x => x.Clamp(-1, 1), static x => Math.Clamp(x, -1, 1));

    /// <summary>x/4 + ½ held between 0 and 1: an exact slope.</summary>
    public static UnaryFunction HardSigmoid { get; } = new(
        "hard_sigmoid", static x => x.Multiply(0.25).Add(0.5).Clamp(0, 1), static x => Math.Clamp((x / 4) + 0.5, 0, 1));

    /// <summary>Hyperbolic tangent.</summary>
    public static UnaryFunction Tanh { get; } = new("tanh", static x => x.Tanh(), Math.Tanh) { Range = (-1, 1) };

    /// <summary>1/(1 + e^−x).</summary>
    public static UnaryFunction Sigmoid { get; } = new("sigmoid", static x => x.Sigmoid(), static x => 1 / (1 + Math.Exp(-x))) { Range = (0, 1) };

    /// <summary>e^x.</summary>
    public static UnaryFunction Exponential { get; } = new("exponential", static x => x.Exp(), Math.Exp);

    /// <summary>x, and e^x − 1 below 0.</summary>
    public static UnaryFunction Elu { get; } = new("elu", static x => x.Elu(1), static x => x < 0 ? Math.Exp(x) - 1 : x);

    /// <summary>ln(1 + e^x).</summary>
    public static UnaryFunction Softplus { get; } = new(
        "softplus", static x => x.LogAddExp(NewTensor.ZerosLike(x)), static x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));

    /// <summary>x·Φ(x), Φ the normal distribution: the exact form, not its approximation by tanh.</summary>
    public static UnaryFunction Gelu { get; } = Of("gelu", static x => x.Gelu());

    /// <summary>A function of one's own, from its operator form only; the table takes its values in float64.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="apply">Differentiable, element by element.</param>
    public static UnaryFunction Of(string name, Func<torch.Tensor, torch.Tensor> apply) => new(name, apply, value =>
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return apply(NewTensor.Of([value], dtype: torch.float64)).Elements<double>()[0];
    });
}
