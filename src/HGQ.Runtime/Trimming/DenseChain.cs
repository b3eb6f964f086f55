using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Trimming;

/// <summary>A model as trimming sees it: an input quantizer, then dense layers with a quantizer behind each.</summary>
internal sealed class DenseChain
{
    private readonly ModelGraph _graph;

    private DenseChain(ModelGraph graph, QuantizeLayer input, IReadOnlyList<ChainLayer> layers)
    {
        _graph = graph;
        InputName = input.Name;
        Layers = layers;
        Quantizers = [new ChainQuantizer(input.Quantizer), .. layers.Select(static l => l.Quantizer)];
    }

    /// <summary>Name of the layer that quantizes the input.</summary>
    public string InputName { get; }

    /// <summary>The dense layers.</summary>
    public IReadOnlyList<ChainLayer> Layers { get; }

    /// <summary>The quantizer in front of each layer, and the one behind the last, which may be null.</summary>
    public IReadOnlyList<ChainQuantizer?> Quantizers { get; }

    /// <summary>Number of features.</summary>
    public int Features => Layers[0].Inputs;

    /// <summary>Number of outputs.</summary>
    public int Outputs => Layers[^1].Outputs;

    /// <summary>Reads a model.</summary>
    /// <exception cref="TrimException">It has a layer that trimming does not know.</exception>
    public static DenseChain Of(ModelGraph graph)
    {
        LayerNode[] nodes = [.. graph.Layers.Where(static node => node is not ReshapeLayer)];
        RequireOneAfterTheOther(graph);
        if (nodes.Length < 3 || nodes[0] is not InputLayer || nodes[1] is not QuantizeLayer input)
        {
            throw new TrimException(nodes.ElementAtOrDefault(1)?.Name ?? graph.Name, "an input, a quantize layer and a dense layer should come first");
        }

        RequireKnown(input.Name, input.Quantizer);
        int width = input.Quantizer.Format.Elements.Length;
        var layers = new List<ChainLayer>();
        foreach (LayerNode node in nodes.Skip(2))
        {
            layers.Add(LayerOf(node, width, isLast: node == nodes[^1]));
            width = layers[^1].Outputs;
        }

        return new DenseChain(graph, input, layers);
    }

    /// <summary>The quantizer in front of a layer.</summary>
    public ChainQuantizer Before(int layer) => Quantizers[layer]!;

    /// <summary>The model with what trimming made of it.</summary>
    public ModelGraph ToGraph()
    {
        Dictionary<string, ChainLayer> layers = Layers.ToDictionary(static l => l.Source.Name);
        LayerNode[] nodes =
        [
            .. _graph.Layers.Select(node => node switch
            {
                QuantizeLayer quantize => quantize with { Quantizer = Before(0).ToSpec() },
                DenseLayer dense => layers[dense.Name].ToNode(),
                InputLayer or ReshapeLayer => node,
                _ => throw new InvalidOperationException($"A chain has no layer {node.GetType().Name}."),
            }),
        ];
        return _graph with { Layers = (EquatableArray<LayerNode>)nodes };
    }

    private static ChainLayer LayerOf(LayerNode node, int inputs, bool isLast)
    {
        if (node is not DenseLayer dense)
        {
            throw new TrimException(node.Name, $"it is a {node.GetType().Name[..^"Layer".Length].ToLowerInvariant()} layer");
        }

        RequireKnown(node.Name, dense.Quantizer);
        if (dense.Kernel.Shape[0] != inputs)
        {
            throw new TrimException(node.Name, "it is applied at several positions of its input");
        }

        return dense.Quantizer is null && !isLast
            ? throw new TrimException(node.Name, "it has no output quantizer")
            : new ChainLayer(dense);
    }

    private static void RequireKnown(string layer, QuantizerSpec? quantizer)
    {
        if (quantizer is not null && quantizer.Overflow is not (OverflowMode.Wrap or OverflowMode.Saturate or OverflowMode.SaturateSymmetric))
        {
            throw new TrimException(layer, $"its quantizer has the overflow {quantizer.Overflow}");
        }
    }

    private static void RequireOneAfterTheOther(ModelGraph graph)
    {
        LayerNode[] nodes = [.. graph.Layers];
        for (int n = 1; n < nodes.Length; n++)
        {
            if (nodes[n].Inputs.Length != 1 || nodes[n].Inputs[0] != nodes[n - 1].Name)
            {
                throw new TrimException(nodes[n].Name, "the layers don't follow each other one by one");
            }
        }

        if (graph.Outputs.Length != 1 || graph.Outputs[0].Layer != nodes[^1].Name)
        {
            throw new TrimException(graph.Outputs[^1].Layer, "not the last layer alone is an output");
        }
    }
}
