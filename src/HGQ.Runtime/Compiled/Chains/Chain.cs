using System.Collections.Generic;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Compiled;

/// <summary>The quantizer of a stage's outputs.</summary>
/// <param name="Quantizer">One of the two families, a format for each feature.</param>
/// <param name="Down">Rounds down in place of half up.</param>
/// <param name="Penalty">Gradient of each trained width on its own.</param>
internal sealed record ChainActivation(TrainableQuantizer Quantizer, bool Down, double Penalty);

/// <summary>The quantizer of weights, or of biases.</summary>
/// <param name="Quantizer">One of the two families, a format for each weight.</param>
/// <param name="Mode">How it quantizes.</param>
/// <param name="Widths">Fraction bits, or bits b.</param>
/// <param name="Integers">Integer bits; null where the format is open.</param>
/// <param name="WidthLimits">Limits of the former.</param>
/// <param name="IntegerLimits">Limits of the latter.</param>
/// <param name="Penalty">Gradient of each trained width on its own.</param>
internal sealed record ChainWeights(
    TrainableQuantizer Quantizer, WeightMode Mode, Parameter Widths, Parameter? Integers, BitRange WidthLimits, BitRange IntegerLimits,
        double Penalty);

/// <summary>A dense layer, with or without a batch norm.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Kernel">Quantizer of its weights.</param>
/// <param name="Bias">Quantizer of its biases; null: they are on the grid of the outputs, or there are none.</param>
/// <param name="Output">Quantizer of its outputs.</param>
internal sealed record ChainDense(HDense Layer, ChainWeights Kernel, ChainWeights? Bias, ChainActivation Output)
{
    /// <summary>Whether max(·, 0) follows the outputs.</summary>
    public bool Relu => Layer.Activation == Activation.Relu;
}

/// <summary>A network that the compiled step can train: quantize → dense → … → dense.</summary>
/// <param name="Model">The network.</param>
/// <param name="Type">float32 or float64.</param>
/// <param name="Features">Features of a sample.</param>
/// <param name="Input">Quantizer of the samples.</param>
/// <param name="Layers">The dense layers.</param>
internal sealed record Chain(HgqModel Model, torch.ScalarType Type, int Features, ChainActivation Input, IReadOnlyList<ChainDense> Layers);
