using System.Collections.Generic;
using System.Text.Json.Serialization;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>The kinds of normalization between product and quantizer.</summary>
public enum NormalizationKind
{
    /// <summary>None: the recipe's variant <c>plain</c>.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Batch normalization, folded before quantization: the recipe's variant <c>bn</c>.</summary>
    [JsonStringEnumMemberName("batch")]
    Batch,
}

/// <summary>Input quantizer, dense layers with relu, and a linear dense layer with one output a class (or one for a regression).</summary>
public sealed record RecipeNetwork
{
    /// <summary>Outputs of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 32];

    /// <summary>Normalization of each dense product.</summary>
    public NormalizationKind Normalization { get; init; } = NormalizationKind.None;
}

/// <summary>How widths start and what pulls them.</summary>
public sealed record RecipeQuantizers
{
    /// <summary>
    /// Which quantizers there are. The second family starts at 6 bits for weights and 8 for biases, whatever the members for the first
    /// one say.
    /// </summary>
    public QuantizerFamily Family { get; init; } = QuantizerFamily.Hgq;

    /// <summary>Fraction bits of kernels at the start.</summary>
    public double KernelBits { get; init; } = 4;

    /// <summary>Whether those count from each weight's own magnitude (f = bits − log2|w|), so that all start equally precise.</summary>
    public bool KernelBitsRelative { get; init; } = true;

    /// <summary>Fraction bits of activations at the start.</summary>
    public double ActivationBits { get; init; } = 4;

    /// <summary>Weight of Σ fraction bits in the loss, for kernels and activations alike.</summary>
    public double WidthRegularizer { get; init; } = 1e-6;
}
