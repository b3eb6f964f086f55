using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Descriptions;

/// <summary>Makes a layer of a description, anew for each network.</summary>
/// <param name="name">Its name in the model.</param>
/// <param name="defaults">What the description leaves to the training run.</param>
internal delegate HLayer LayerMaker(string name, LayerDefaults defaults);

/// <summary>What a description leaves to the training run.</summary>
/// <param name="Outputs">Outputs that the data need: one a class, or one for a regression.</param>
/// <param name="Kernel">Quantizer of weights.</param>
/// <param name="Activation">Quantizer of outputs.</param>
/// <param name="Bias">Quantizer of biases; null: the grid of the outputs.</param>
internal sealed record LayerDefaults(int Outputs, IQuantizerConfig Kernel, IQuantizerConfig Activation, IQuantizerConfig? Bias);

/// <summary>The families of the model's quantizers.</summary>
internal sealed record QuantizerFamilies(QuantizerFamily Kernel, QuantizerFamily Activation, QuantizerFamily Bias);

/// <summary>The options of one layer in the description, in the terms that layers share.</summary>
/// <param name="members">The layer's object.</param>
/// <param name="families">Families of the model's quantizers.</param>
internal sealed class LayerOptions(DescriptionObject members, QuantizerFamilies families)
{
    private static readonly (string, Activation)[] Activations = [("linear", Activation.Linear), ("relu", Activation.Relu)];

    private static readonly (string, Padding)[] Paddings = [("valid", Padding.Valid), ("same", Padding.Same), ("causal", Padding.Causal)];

    /// <summary>The layer's object.</summary>
    public DescriptionObject Members => members;

    /// <summary>What follows the output quantizer.</summary>
    public Activation ReadActivation() => members.Word("activation", Activations, Activation.Linear);

    /// <summary>What a window sees beyond the edge.</summary>
    /// <param name="causal">Whether a causal one exists here.</param>
    public Padding ReadPadding(bool causal) => members.Word("padding", causal ? Paddings : Paddings[..2], Padding.Valid);

    /// <summary>Weight of the layer's EBOPs in the loss where it is not the recipe's.</summary>
    public double? Beta() => members.OptionalNumber("beta", 0, 1e6);

    /// <summary>A batch norm to be folded in, or null.</summary>
    public BatchNormOptions? BatchNorm()
    {
        if (members.Find("batchNorm") is not { } node || members.Text[node].Kind != Model.Serialization.Json.JsonKind.Object)
        {
            return members.Flag("batchNorm", otherwise: false) ? new BatchNormOptions() : null;
        }

        DescriptionObject norm = members.Object("batchNorm")!;
        BatchNormOptions options = Norm(norm);
        norm.Finish();
        return options;
    }

    /// <summary>Momentum and ε of a batch norm.</summary>
    public static BatchNormOptions Norm(DescriptionObject members)
    {
        var standard = new BatchNormOptions();
        return new BatchNormOptions
        {
            Momentum = members.OptionalNumber("momentum", 0, 1) ?? standard.Momentum,
            Epsilon = members.OptionalNumber("epsilon", 1e-12, 1) ?? standard.Epsilon,
        };
    }

    /// <summary>Quantizer of the weights.</summary>
    public Func<LayerDefaults, IQuantizerConfig> KernelQuantizer()
    {
        QuantizerFamily family = families.Kernel;
        QuantizerChange change = QuantizerDescription.Read(members.Object("kernelQuantizer"), isKernel: true, ref family);
        return defaults => change(defaults.Kernel)!;
    }

    /// <summary>Quantizer of the outputs.</summary>
    public Func<LayerDefaults, IQuantizerConfig> OutputQuantizer()
    {
        QuantizerFamily family = families.Activation;
        QuantizerChange change = QuantizerDescription.Read(members.Object("quantizer"), isKernel: false, ref family);
        return defaults => change(defaults.Activation)!;
    }

    /// <summary>Quantizer of the bias; null: the grid of the outputs.</summary>
    public Func<LayerDefaults, IQuantizerConfig?> BiasQuantizer()
    {
        QuantizerFamily family = families.Bias;
        QuantizerChange change = QuantizerDescription.Read(members.Object("biasQuantizer"), isKernel: true, ref family);
        return defaults => change(defaults.Bias);
    }

    /// <summary>Quantizer of something inside a block; null where the member is not there: the block's own default.</summary>
    /// <param name="owner">The object that the member stands in.</param>
    /// <param name="name">The member.</param>
    public Func<LayerDefaults, IQuantizerConfig?> InnerQuantizer(DescriptionObject owner, string name)
    {
        QuantizerFamily family = families.Activation;
        DescriptionObject? member = owner.Object(name);
        QuantizerChange change = QuantizerDescription.Read(member, isKernel: false, ref family);
        return defaults => member is null ? null : change(defaults.Activation);
    }

    /// <summary>Number of outputs: a number, or the word <c>outputs</c> for as many as the data need.</summary>
    public Func<LayerDefaults, int> Units()
    {
        if (members.Find("units") is { } node && members.Text[node].Kind == Model.Serialization.Json.JsonKind.String)
        {
            return members.RequiredWord<Func<LayerDefaults, int>>("units", [("outputs", static defaults => defaults.Outputs)]);
        }

        int units = members.Size("units");
        return _ => units;
    }

    /// <summary>A function of one number.</summary>
    public UnaryFunction Function() => members.RequiredWord("function", Functions());

    private static IReadOnlyList<(string, UnaryFunction)> Functions() =>
    [
        .. new[]
        {
            UnaryFunction.Relu, UnaryFunction.LeakyRelu, UnaryFunction.HardTanh, UnaryFunction.HardSigmoid, UnaryFunction.Tanh,
            UnaryFunction.Sigmoid, UnaryFunction.Gelu, UnaryFunction.Exponential, UnaryFunction.Elu, UnaryFunction.Softplus,
        }.Select(static f => (f.Name.Replace('_', '-'), f)),
    ];
}
