using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export.Simulation;

/// <summary>
/// Evaluates an exported chain of quantize and dense layers over many samples, fast: float64 in which every number is proven to be
/// exact, with real wrap-around, so that the results are those of the reference interpreter, value by value.
/// </summary>
public sealed class GraphSimulator
{
    private readonly int _features;
    private readonly SimulatedQuantizer _input;
    private readonly SimulatedDense[] _layers;
    private readonly string[] _names;

    private GraphSimulator(int features, SimulatedQuantizer input, IEnumerable<SimulatedDense> layers, IEnumerable<string> names)
    {
        _features = features;
        _input = input;
        _layers = [.. layers];
        _names = [.. names];
    }

    /// <summary>Outputs a sample.</summary>
    public int Outputs => _layers.Length == 0 ? _features : _layers[^1].Outputs;

    /// <summary>Elements that left their range so far, by layer (those without a quantizer left out).</summary>
    public IReadOnlyList<(string Layer, long Count)> Overflows =>
        [.. _layers.Select(static l => l.Quantizer).Prepend(_input)
            .Zip(_names, static (q, name) => (name, q?.Overflows ?? 0))];

    /// <summary>
    /// Prepares a graph; null where it is no such chain, has modes that are not simulated, or sums that float64 can't hold (use the
    /// reference interpreter then).
    /// </summary>
    public static GraphSimulator? TryCreate(ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        LayerNode[] nodes = graph.Layers.ToArray();
        if (!IsChain(nodes, graph) || SimulatedQuantizer.TryCreate(((QuantizeLayer)nodes[1]).Quantizer) is not { } input)
        {
            return null;
        }

        var layers = new List<SimulatedDense>();
        IReadOnlyList<FixedPointFormat> formats = input.Formats;
        foreach (DenseLayer node in nodes.Skip(2).Cast<DenseLayer>())
        {
            bool last = node == nodes[^1];
            if (formats.Count != node.Kernel.Shape[0] || SimulatedDense.TryCreate(node, formats) is not { } layer
                || (layer.Quantizer is null && !last))
            {
                return null;
            }

            layers.Add(layer);
            formats = layer.Quantizer?.Formats ?? [];
        }

        return new GraphSimulator(((InputLayer)nodes[0]).Shape.Size, input, layers, nodes.Skip(1).Select(static n => n.Name));
    }

    /// <summary>Evaluates samples.</summary>
    /// <param name="samples">Scaled features as float32, shape (samples, features), row major.</param>
    /// <returns>Outputs, shape (samples, <see cref="Outputs"/>), row major.</returns>
    public double[] Evaluate(ReadOnlySpan<float> samples)
    {
        int count = samples.Length / _features;
        var outputs = new double[count * Outputs];
        SampleBlock[] blocks = [new(_features), .. _layers.Select(static l => new SampleBlock(l.Outputs))];
        for (int first = 0; first < count; first += SampleBlock.Samples)
        {
            int valid = Math.Min(SampleBlock.Samples, count - first);
            Load(samples.Slice(first * _features, valid * _features), blocks[0], valid);
            for (int l = 0; l < _layers.Length; l++)
            {
                _layers[l].Apply(blocks[l], blocks[l + 1], valid);
            }

            Store(blocks[^1], outputs.AsSpan(first * Outputs, valid * Outputs), valid);
        }

        return outputs;
    }

    private static bool IsChain(LayerNode[] nodes, ModelGraph graph)
    {
        bool chain = nodes.Length >= 2 && nodes[0] is InputLayer && nodes[1] is QuantizeLayer
            && graph.Outputs.Length == 1 && graph.Outputs[0].Layer == nodes[^1].Name;
        for (int n = 1; n < nodes.Length && chain; n++)
        {
            chain = nodes[n].Inputs.Length == 1 && nodes[n].Inputs[0] == nodes[n - 1].Name && (n == 1 || nodes[n] is DenseLayer);
        }

        return chain;
    }

    private void Load(ReadOnlySpan<float> samples, SampleBlock block, int valid)
    {
        for (int i = 0; i < _features; i++)
        {
            Span<double> element = block.Values.AsSpan(i * SampleBlock.Samples, SampleBlock.Samples);
            for (int s = 0; s < valid; s++)
            {
                element[s] = samples[(s * _features) + i];
            }

            element[valid..].Clear();
            _input.Apply(i, element, valid);
        }
    }

    private void Store(SampleBlock block, Span<double> outputs, int valid)
    {
        for (int s = 0; s < valid; s++)
        {
            for (int o = 0; o < Outputs; o++)
            {
                outputs[(s * Outputs) + o] = block.Values[(o * SampleBlock.Samples) + s];
            }
        }
    }
}
