using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Optimization;

/// <summary>The kinds of trained numbers that may have a learning rate of their own.</summary>
public enum ParameterKind
{
    /// <summary>Weights, and every parameter that is of no other kind.</summary>
    Weights,

    /// <summary>Biases.</summary>
    Biases,

    /// <summary>Factors and offsets of batch norms.</summary>
    Norms,

    /// <summary>Integer bits.</summary>
    IntegerBits,

    /// <summary>Fraction bits, and the bits b = i + f of formats that train these.</summary>
    FractionBits,
}

/// <summary>What the learning rate is multiplied by for each kind of parameter.</summary>
/// <param name="Weights">For weights.</param>
/// <param name="Biases">For biases.</param>
/// <param name="Norms">For factors and offsets of batch norms.</param>
/// <param name="IntegerBits">For integer bits.</param>
/// <param name="FractionBits">For fraction bits, and for the bits b = i + f of formats that train these.</param>
public sealed record RateFactors(
    double Weights = 1, double Biases = 1, double Norms = 1, double IntegerBits = 1, double FractionBits = 1)
{
    /// <summary>The same factor for all widths.</summary>
    public static RateFactors ForWidths(double factor) => new(IntegerBits: factor, FractionBits: factor);

    /// <summary>The kind of a parameter, by the last part of its name in the network.</summary>
    /// <param name="name">For example <c>d1.kq.fbw</c>.</param>
    public static ParameterKind KindOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[(name.LastIndexOf('.') + 1)..] switch
        {
            "bias" => ParameterKind.Biases,
            "gamma" or "beta" => ParameterKind.Norms,
            "i" => ParameterKind.IntegerBits,
            "fbw" or "f" or "b" => ParameterKind.FractionBits,
            _ => ParameterKind.Weights,
        };
    }

    /// <summary>The factor of a kind.</summary>
    public double Of(ParameterKind kind) => kind switch
    {
        ParameterKind.Weights => Weights,
        ParameterKind.Biases => Biases,
        ParameterKind.Norms => Norms,
        ParameterKind.IntegerBits => IntegerBits,
        ParameterKind.FractionBits => FractionBits,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of parameter."),
    };

    /// <summary>The factors of some parameters of a network, in their order.</summary>
    /// <param name="network">The network, which names them.</param>
    /// <param name="parameters">The parameters.</param>
    public double[] For(torch.nn.Module network, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parameters);
        var names = new Dictionary<Parameter, string>(ReferenceEqualityComparer.Instance);
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            names[parameter] = name;
        }

        return [.. parameters.Select(p => Of(KindOf(names.GetValueOrDefault(p, ""))))];
    }
}
