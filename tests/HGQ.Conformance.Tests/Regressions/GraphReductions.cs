using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Regressions;

/// <summary>Graphs that are a step smaller than a given one.</summary>
internal static class GraphReductions
{
    /// <summary>All of them; some may not be valid.</summary>
    public static IEnumerable<ModelGraph> Of(ModelGraph graph)
    {
        foreach (var layer in graph.Layers.Where(layer => layer is not InputLayer))
        {
            yield return Pruned(graph, graph.Layers, [new ModelOutput("y", layer.Name)]);
        }

        var shapes = ShapeInference.Infer(graph);
        foreach (var layer in graph.Layers.Where(layer => layer is not InputLayer))
        {
            if (layer is not QuantizeLayer && QuantizerOf(layer) is { } quantizer)
            {
                yield return Replaced(graph, layer, [new InputLayer(layer.Name + "_x", shapes[layer.Name]), new QuantizeLayer(layer.Name, layer.Name + "_x", quantizer)]);
                yield return Replaced(graph, layer, [WithoutQuantizer(layer)]);
            }

            var reads = layer.Inputs[0];
            if (shapes[reads] == shapes[layer.Name] && graph.Layers.Single(other => other.Name == reads) is not InputLayer)
            {
                yield return Replaced(graph, layer, [new ReshapeLayer(layer.Name, reads, shapes[layer.Name])]);
            }

            if (layer is DenseLayer dense)
            {
                yield return Replaced(graph, layer, [dense with { Kernel = Thinned(dense.Kernel, 0) }]);
                yield return Replaced(graph, layer, [dense with { Kernel = Thinned(dense.Kernel, 1) }]);
            }
        }
    }

    /// <summary>A layer's output quantizer, or null.</summary>
    public static QuantizerSpec? QuantizerOf(LayerNode layer) => layer switch
    {
        QuantizeLayer quantize => quantize.Quantizer,
        DenseLayer dense => dense.Quantizer,
        ConvLayer conv => conv.Quantizer,
        ScaleOffsetLayer scale => scale.Quantizer,
        ReluLayer relu => relu.Quantizer,
        ClampLayer clamp => clamp.Quantizer,
        TableLayer table => table.Quantizer,
        AddLayer add => add.Quantizer,
        MultiplyLayer multiply => multiply.Quantizer,
        MatMulLayer product => product.Quantizer,
        ExtremumLayer extremum => extremum.Quantizer,
        PoolLayer pool => pool.Quantizer,
        ReduceLayer reduce => reduce.Quantizer,
        _ => null,
    };

    private static LayerNode WithoutQuantizer(LayerNode layer) => layer switch
    {
        DenseLayer dense => dense with { Quantizer = null },
        ConvLayer conv => conv with { Quantizer = null },
        ScaleOffsetLayer scale => scale with { Quantizer = null },
        ReluLayer relu => relu with { Quantizer = null },
        ClampLayer clamp => clamp with { Quantizer = null },
        TableLayer table => table with { Quantizer = null },
        AddLayer add => add with { Quantizer = null },
        MultiplyLayer multiply => multiply with { Quantizer = null },
        MatMulLayer product => product with { Quantizer = null },
        ExtremumLayer extremum => extremum with { Quantizer = null },
        PoolLayer pool => pool with { Quantizer = null },
        ReduceLayer reduce => reduce with { Quantizer = null },
        _ => layer,
    };

    // Every second weight becomes 0.
    private static IntegerTensor Thinned(IntegerTensor kernel, int parity) =>
        kernel with { Raw = kernel.Raw.Select((raw, e) => e % 2 == parity ? 0 : raw).ToArray() };

    private static ModelGraph Replaced(ModelGraph graph, LayerNode layer, LayerNode[] by) =>
        Pruned(graph, graph.Layers.SelectMany(other => other == layer ? by : [other]), graph.Outputs.ToArray());

    // Only what the outputs need.
    private static ModelGraph Pruned(ModelGraph graph, IEnumerable<LayerNode> layers, ModelOutput[] outputs)
    {
        var needed = outputs.Select(output => output.Layer).ToHashSet(StringComparer.Ordinal);
        var kept = new List<LayerNode>();
        foreach (var layer in layers.Reverse().Where(layer => needed.Contains(layer.Name)))
        {
            kept.Insert(0, layer);
            needed.UnionWith(layer.Inputs);
        }

        return graph with { Layers = kept.ToArray(), Outputs = outputs };
    }
}
