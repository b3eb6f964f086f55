using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Training.Descriptions;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Training.Runs;

/// <summary>Makes the network of a recipe; the same seed gives the same network, bit by bit.</summary>
public static class NetworkBuilder
{
    // Separates the initial weights from what else is drawn with the run's seed.
    private const ulong WeightStream = 0x77656967687473;

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

        (QuantizerConfig kernel, QuantizerConfig activation) = Quantizers(recipe.Quantizers);
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
        (QuantizerConfig kernel, QuantizerConfig activation) = Quantizers(recipe.Quantizers);
        List<HLayer> layers = [new HQuantize(activation, "quantize")];
        foreach (int units in recipe.Network.Hidden)
        {
            layers.Add(Dense(recipe.Network, units, Activation.Relu, kernel, activation, "dense" + layers.Count));
        }

        layers.Add(Dense(recipe.Network, outputs, Activation.Linear, kernel, activation, "dense" + layers.Count));
        var model = new HgqSequential(new HInput([features], "x"), "network", layers);
        var random = new DeterministicRandom(seed, WeightStream);
        model.InitializeWeights(random.NextDouble);
        if (recipe.Quantizers.KernelBitsRelative)
        {
            AdaptKernelBits(model);
        }

        return model;
    }

    private static (QuantizerConfig Kernel, QuantizerConfig Activation) Quantizers(RecipeQuantizers quantizers)
    {
        Regularizer? regularizer = quantizers.WidthRegularizer > 0 ? new MonoL1(quantizers.WidthRegularizer) : null;
        return (
            QuantizerConfig.DefaultKernel with { InitBw = quantizers.KernelBits, Regularizer = regularizer },
            QuantizerConfig.DefaultPreActivation with { InitBw = quantizers.ActivationBits, Regularizer = regularizer });
    }

    // A bias in front of a batch norm would be subtracted again with the mean.
    private static HDense Dense(
        RecipeNetwork network, int units, Activation activation, QuantizerConfig kernel, QuantizerConfig output, string name) =>
        network.Normalization == NormalizationKind.Batch
            ? new HDenseBatchNorm(units, activation, useBias: false, kq: kernel, paq: output, name: name)
            : new HDense(units, activation, kq: kernel, paq: output, name: name);

    private static void AdaptKernelBits(HgqSequential model)
    {
        foreach (KernelLayer layer in model.Layers.OfType<KernelLayer>())
        {
            layer.KernelQuantizer.AdaptToWeights(layer.Kernel);
        }
    }
}
