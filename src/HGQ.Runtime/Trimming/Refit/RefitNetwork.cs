using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;

namespace HGQ.Runtime.Trimming.Refit;

/// <summary>
/// Makes a network that goes on training where an exported chain of dense layers stands: weights and biases on their grids, widths that
/// just hold them,
/// no batch norm. Its quantizers are those of the second family, whose integer bits are trained as well.
/// </summary>
public static class RefitNetwork
{
    /// <summary>Bits that a width gets beyond those it needs, so that the next step does not lose one by rounding.</summary>
    public const double DefaultSlack = 0.2;

    private const double WidthRegularizer = 1e-8;

    // Bits of a bias cost nothing: it keeps room to move.
    private const int BiasBits = 10;

    /// <summary>Makes the network; what it computes is what the model computes, as long as no value leaves its range.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="slack">Bits beyond those needed, less than one half.</param>
    /// <exception cref="TrimException">The model is no chain of dense layers.</exception>
    public static HgqSequential Of(ModelGraph graph, double slack = DefaultSlack)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(slack);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slack, 0.5);
        var chain = DenseChain.Of(graph);

        // Ranges that follow the data would bring such channels back.
        ChainCleaning.CutRemoved(chain);
        var layers = new List<HLayer>();
        foreach (LayerNode node in graph.Layers.Skip(1))
        {
            layers.Add(node switch
            {
                QuantizeLayer quantize => new HQuantize(Activations(quantize.Quantizer), quantize.Name),
                ReshapeLayer reshape => new PReshape([.. reshape.Shape.Dimensions.Select(static n => (long)n)], reshape.Name),
                DenseLayer dense => Dense(dense),
                _ => throw new TrimException(node.Name, "it has no counterpart in training"),
            });
        }

        var input = (InputLayer)graph.Layers[0];
        var model = new HgqSequential(new HInput([.. input.Shape.Dimensions.Select(static n => (long)n)], input.Name), graph.Name, layers);
        Fill(model, chain, slack);
        return model;
    }

    private static HDense Dense(DenseLayer dense) => new(
        dense.Kernel.Shape[1],
        dense.Activation == ActivationKind.Relu ? Activation.Relu : Activation.Linear,
        kq: Constants(),
        paq: dense.Quantizer is { } quantizer ? Activations(quantizer) : FixedPointQuantizerConfig.DefaultActivation,
        name: dense.Name,
        bq: Constants());

    private static FixedPointQuantizerConfig Constants() =>
        FixedPointQuantizerConfig.DefaultKernel with { Regularizer = new MonoL1(WidthRegularizer) };

    private static FixedPointQuantizerConfig Activations(QuantizerSpec spec) => FixedPointQuantizerConfig.DefaultActivation with
    {
        Rounding = spec.Rounding,
        Overflow = spec.Overflow,
        Regularizer = new MonoL1(WidthRegularizer),
    };

    private static void Fill(HgqSequential model, DenseChain chain, double slack)
    {
        QuantizedOutputLayer[] quantized = [.. model.Layers.OfType<QuantizedOutputLayer>()];
        for (int q = 0; q < quantized.Length; q++)
        {
            if (chain.Quantizers[q] is { } quantizer)
            {
                FillFormats((FixedPointQuantizer)quantized[q].ActivationQuantizer, quantizer.Formats);
            }
        }

        HDense[] dense = [.. model.Layers.OfType<HDense>()];
        for (int l = 0; l < dense.Length; l++)
        {
            ChainLayer layer = chain.Layers[l];
            TensorValues.Write(dense[l].Kernel, layer.Weights);
            TensorValues.Write(dense[l].Bias!, layer.Bias);
            FillWidths((FixedPointQuantizer)dense[l].KernelQuantizer, layer.Weights, slack, atLeast: 0);
            FillWidths((FixedPointQuantizer)dense[l].BiasQuantizer!, layer.Bias, slack, BiasBits);
        }
    }

    private static void FillFormats(FixedPointQuantizer quantizer, FixedPointFormat[] formats)
    {
        TensorValues.Write(quantizer.IntegerBits, Array.ConvertAll(formats, static f => (double)f.IntegerBits));
        TensorValues.Write(quantizer.FractionBits, Array.ConvertAll(formats, static f => (double)f.FractionBits));
        TensorValues.Write(quantizer.KeepNegative, Array.ConvertAll(formats, static f => f.Signed ? 1.0 : 0.0));
    }

    private static void FillWidths(FixedPointQuantizer quantizer, double[] values, double slack, int atLeast)
    {
        var (bits, integerBits) = (new double[values.Length], new double[values.Length]);
        for (int e = 0; e < values.Length; e++)
        {
            FixedPointFormat format = DyadicNumber.Of(values[e]).Format;
            bool zero = values[e] == 0;
            integerBits[e] = zero ? (atLeast > 0 ? 1 : -2) : Math.Max(format.IntegerBits, atLeast > 0 ? 1 : int.MinValue);
            int needed = zero ? 0 : (int)integerBits[e] + format.FractionBits;
            bits[e] = Math.Max(needed, atLeast) + (zero && atLeast == 0 ? 0 : slack);
        }

        TensorValues.Write(quantizer.IntegerBits, integerBits);
        TensorValues.Write(quantizer.Bits, bits);
    }
}
