using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Runs;

/// <summary>Makes the network of a recipe; the same seed gives the same network, bit by bit.</summary>
public static class NetworkBuilder
{
    // Separates the initial weights from what else is drawn with the run's seed.
    private const ulong WeightStream = 0x77656967687473;

    // Of a network without a description.
    internal const string InputName = "x";

    /// <summary>The network of a run: that of its start model, else that of its description, or the dense one of its recipe.</summary>
    /// <param name="request">The run.</param>
    /// <param name="features">Features a sample.</param>
    /// <param name="outputs">Outputs that the data need.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    /// <exception cref="DescriptionException">Shapes of the description don't fit each other or the data.</exception>
    /// <exception cref="Trimming.TrimException">The start model is no chain of dense layers.</exception>
    public static HgqModel Build(RunRequest request, int features, int outputs, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Start is { } start ? start.Network() : Build(request.Recipe, request.Description, features, outputs, seed);
    }

    /// <summary>The network of a run: that of its description, or the dense one of its recipe.</summary>
    /// <param name="recipe">Quantizers that the description does not set; the layers where there is none.</param>
    /// <param name="description">What is trained, or null.</param>
    /// <param name="features">Features a sample.</param>
    /// <param name="outputs">Outputs that the data need.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    /// <exception cref="DescriptionException">Shapes of the description don't fit each other or the data.</exception>
    public static HgqModel Build(Recipe recipe, NetworkDescription? description, int features, int outputs, ulong seed)
    {
        if (description is null)
        {
            return Build(recipe, features, outputs, seed);
        }

        (QuantizerConfig kernel, QuantizerConfig activation) = FirstFamily(recipe.Quantizers);
        HgqGraphModel model = description.Build(
            features, outputs, kernel with { AdaptToWeights = recipe.Quantizers.KernelBitsRelative }, activation);
        model.InitializeWeights(new DeterministicRandom(seed, WeightStream).NextDouble);
        return model;
    }

    /// <summary>Input quantizer, dense layers with relu, a linear dense layer.</summary>
    /// <param name="recipe">Layers and quantizers.</param>
    /// <param name="features">Features a sample.</param>
    /// <param name="outputs">Outputs a sample.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    public static HgqSequential Build(Recipe recipe, int features, int outputs, ulong seed)
    {
        DenseQuantizers quantizers = Quantizers(recipe.Quantizers);
        List<HLayer> layers = [new HQuantize(quantizers.Activation, "quantize")];
        foreach (int units in recipe.Network.Hidden)
        {
            layers.Add(Dense(recipe.Network, units, Activation.Relu, quantizers, "dense" + layers.Count));
        }

        layers.Add(Dense(recipe.Network, outputs, Activation.Linear, quantizers, "dense" + layers.Count));
        var model = new HgqSequential(new HInput([features], InputName), "network", layers);
        var random = new DeterministicRandom(seed, WeightStream);
        model.InitializeWeights(random.NextDouble);
        if (recipe.Quantizers.KernelBitsRelative && recipe.Quantizers.Family == QuantizerFamily.Hgq)
        {
            AdaptKernelBits(model);
        }

        return model;
    }

    private static DenseQuantizers Quantizers(RecipeQuantizers quantizers)
    {
        switch (quantizers.Family)
        {
            case QuantizerFamily.Hgq:
                (QuantizerConfig kernel, QuantizerConfig activation) = FirstFamily(quantizers);
                return new DenseQuantizers(kernel, null, activation);
            case QuantizerFamily.FixedPoint:
                MonoL1? regularizer = RegularizerOf(quantizers);
                FixedPointQuantizerConfig weights = FixedPointQuantizerConfig.DefaultKernel with { Regularizer = regularizer };
                return new DenseQuantizers(
                    weights with { Bits = 6, IntegerBits = 0 },
                    weights,
                    FixedPointQuantizerConfig.DefaultActivation with
                    {
                        FractionBits = quantizers.ActivationBits,
                        Regularizer = regularizer,
                    });
            default:
                throw new ArgumentOutOfRangeException(nameof(quantizers), quantizers.Family, "There is no such family.");
        }
    }

    private static (QuantizerConfig Kernel, QuantizerConfig Activation) FirstFamily(RecipeQuantizers quantizers) => (
        QuantizerConfig.DefaultKernel with { InitBw = quantizers.KernelBits, Regularizer = RegularizerOf(quantizers) },
        QuantizerConfig.DefaultPreActivation with { InitBw = quantizers.ActivationBits, Regularizer = RegularizerOf(quantizers) });

    private static MonoL1? RegularizerOf(RecipeQuantizers quantizers) =>
        quantizers.WidthRegularizer > 0 ? new MonoL1(quantizers.WidthRegularizer) : null;

    // A bias in front of a batch norm would be subtracted again with the mean.
    private static HDense Dense(RecipeNetwork network, int units, Activation activation, DenseQuantizers quantizers, string name) =>
        network.Normalization == NormalizationKind.Batch
            ? new HDenseBatchNorm(
                units, activation, useBias: false, kq: quantizers.Kernel, paq: quantizers.Activation, name: name, bq: quantizers.Bias)
            : new HDense(units, activation, kq: quantizers.Kernel, paq: quantizers.Activation, name: name, bq: quantizers.Bias);

    private static void AdaptKernelBits(HgqSequential model)
    {
        foreach (KernelLayer layer in model.Layers.OfType<KernelLayer>())
        {
            layer.KernelQuantizer.AdaptToWeights(layer.Kernel);
        }
    }

    private sealed record DenseQuantizers(IQuantizerConfig Kernel, IQuantizerConfig? Bias, IQuantizerConfig Activation);
}
