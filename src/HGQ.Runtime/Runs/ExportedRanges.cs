using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Runs;

/// <summary>
/// Gives the quantizers that follow their data the integer bits and signs that calibration found for the exported model. A checkpoint
/// holds those of the last batches, and with them the network wraps where the model does not.
/// </summary>
internal static class ExportedRanges
{
    /// <summary>Takes over what the exported model has for the layers of the same names.</summary>
    /// <param name="model">The network; quantizers of the second family that wrap change.</param>
    /// <param name="graph">Its export.</param>
    public static void Restore(HgqModel model, ModelGraph graph)
    {
        Dictionary<string, QuantizerSpec> specs = graph.Layers
            .Select(static node => (node.Name, Spec: QuantizerOf(node)))
            .Where(static node => node.Spec is not null)
            .ToDictionary(static node => node.Name, static node => node.Spec!, StringComparer.Ordinal);
        foreach (QuantizedOutputLayer layer in model.Layers.OfType<QuantizedOutputLayer>())
        {
            if (layer.ActivationQuantizer is FixedPointQuantizer { Config.Overflow: OverflowMode.Wrap } quantizer
                && specs.TryGetValue(layer.Name, out QuantizerSpec? spec)
                && spec.Format.Elements.Length == FixedPointBits.Size(layer.OutputShape))
            {
                Restore(quantizer, spec, layer.OutputShape);
            }
        }
    }

    private static QuantizerSpec? QuantizerOf(LayerNode node) => node switch
    {
        AddLayer add => add.Quantizer,
        ClampLayer clamp => clamp.Quantizer,
        ConvLayer conv => conv.Quantizer,
        DenseLayer dense => dense.Quantizer,
        ExtremumLayer extremum => extremum.Quantizer,
        MatMulLayer product => product.Quantizer,
        MultiplyLayer product => product.Quantizer,
        HGQ.Model.Graph.PoolLayer pool => pool.Quantizer,
        QuantizeLayer quantize => quantize.Quantizer,
        ReduceLayer reduce => reduce.Quantizer,
        ReluLayer relu => relu.Quantizer,
        ScaleOffsetLayer scale => scale.Quantizer,
        TableLayer table => table.Quantizer,
        InputLayer or ConcatenateLayer or PermuteLayer or ReshapeLayer or ShiftLayer or SliceLayer => null,
        _ => throw new InvalidOperationException($"There is no layer {node.GetType().Name}."),
    };

    // A group holds what the widest of its elements needs; elements without bits say nothing.
    private static void Restore(FixedPointQuantizer quantizer, QuantizerSpec spec, IReadOnlyList<long> shape)
    {
        double[] integerBits = TensorValues.Read(quantizer.IntegerBits), signs = TensorValues.Read(quantizer.KeepNegative);
        var index = GroupIndex.Of(((torch.Tensor)quantizer.IntegerBits).Shape, [1, .. shape]);
        var found = new HashSet<int>();
        for (int e = 0; e < spec.Format.Elements.Length; e++)
        {
            FixedPointFormat format = spec.Format[e];
            if (format.IsZero)
            {
                continue;
            }

            int g = index[e];
            double sign = format.Signed ? 1 : 0;
            bool first = found.Add(g);
            integerBits[g] = first ? format.IntegerBits : Math.Max(integerBits[g], format.IntegerBits);
            signs[g] = first ? sign : Math.Max(signs[g], sign);
        }

        TensorValues.Write(quantizer.IntegerBits, integerBits);
        TensorValues.Write(quantizer.KeepNegative, signs);
    }
}
