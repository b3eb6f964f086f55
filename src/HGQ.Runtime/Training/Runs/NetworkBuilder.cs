using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Training.Runs;

/// <summary>Makes the network of a recipe; the same seed gives the same network, bit by bit.</summary>
public static class NetworkBuilder
{
    // Separates the initial weights from what else is drawn with the run's seed.
    private const ulong WeightStream = 0x77656967687473;

    /// <summary>Input quantizer, dense layers with relu, a linear dense layer.</summary>
    /// <param name="recipe">Layers and quantizers.</param>
    /// <param name="features">Features a sample.</param>
    /// <param name="outputs">Outputs a sample.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    public static HgqSequential Build(Recipe recipe, int features, int outputs, ulong seed)
    {
        RecipeQuantizers quantizers = recipe.Quantizers;
        Regularizer? regularizer = quantizers.WidthRegularizer > 0 ? new MonoL1(quantizers.WidthRegularizer) : null;
        QuantizerConfig kernel = QuantizerConfig.DefaultKernel with { InitBw = quantizers.KernelBits, Regularizer = regularizer };
        QuantizerConfig activation = QuantizerConfig.DefaultPreActivation with { InitBw = quantizers.ActivationBits, Regularizer = regularizer };
        List<HLayer> layers = [new HQuantize(activation, "quantize")];
        foreach (int units in recipe.Network.Hidden)
        {
            layers.Add(Dense(recipe.Network, units, Activation.Relu, kernel, activation, "dense" + layers.Count));
        }

        layers.Add(Dense(recipe.Network, outputs, Activation.Linear, kernel, activation, "dense" + layers.Count));
        var model = new HgqSequential(new HInput([features], "x"), "network", layers);
        var random = new DeterministicRandom(seed, WeightStream);
        model.InitializeWeights(random.NextDouble);
        if (quantizers.KernelBitsRelative)
        {
            AdaptKernelBits(model);
        }

        return model;
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
