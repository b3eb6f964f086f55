using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>Layers and shapes so far, and the averages that wait for the quantizer that reads them.</summary>
internal sealed class GraphUnderConstruction
{
    private readonly List<LayerNode> _layers = [];
    private readonly Dictionary<string, TensorShape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PoolLayer> _waiting = new(StringComparer.Ordinal);

    /// <summary>Shape of a layer's output.</summary>
    public TensorShape ShapeOf(string name) => _shapes[name];

    /// <summary>Appends a layer.</summary>
    public void Add(LayerNode layer, TensorShape shape)
    {
        if (layer.Inputs.Any(_waiting.ContainsKey) && layer is not ReshapeLayer)
        {
            throw new NotSupportedException($"'{layer.Name}' reads an average that is not exact in binary; only a quantizer may");
        }

        _shapes.Add(layer.Name, shape);
        switch (layer)
        {
            case PoolLayer { Kind: PoolKind.Average } pool when !IsDyadic(pool):
                _waiting.Add(pool.Name, pool);
                break;
            case ReshapeLayer reshape when _waiting.TryGetValue(reshape.Input, out var average):
                _waiting.Add(reshape.Name, average);
                break;
            default:
                _layers.Add(layer);
                break;
        }
    }

    /// <summary>Appends a layer whose own shape differs from the wanted one by axes of size 1 only.</summary>
    public void AddWithShape(string name, TensorShape own, TensorShape wanted, Func<string, LayerNode> layer)
    {
        if (own == wanted)
        {
            Add(layer(name), wanted);
            return;
        }

        Add(layer(name + ".whole"), own);
        Add(new ReshapeLayer(name, name + ".whole", wanted), wanted);
    }

    /// <summary>Appends a waiting average with its quantizer; false where <paramref name="input"/> is none.</summary>
    public bool FuseAverage(string name, string input, QuantizerSpec quantizer)
    {
        if (!_waiting.TryGetValue(input, out var pool))
        {
            return false;
        }

        var own = _shapes[pool.Name];
        var spec = quantizer with { Format = quantizer.Format with { Shape = own } };
        AddFused(pool with { Name = own == quantizer.Format.Shape ? name : name + ".average", Quantizer = spec }, own);
        if (own != quantizer.Format.Shape)
        {
            Add(new ReshapeLayer(name, name + ".average", quantizer.Format.Shape), quantizer.Format.Shape);
        }

        return true;
    }

    /// <summary>The graph.</summary>
    public ModelGraph Finish(string name, string[] outputs) =>
        new(name, _layers.ToArray(), outputs.Select(output => new ModelOutput(output, output)).ToArray(), ModelMetadata.Empty);

    private void AddFused(LayerNode layer, TensorShape shape)
    {
        _shapes.Add(layer.Name, shape);
        _layers.Add(layer);
    }

    private bool IsDyadic(PoolLayer pool)
    {
        var input = _shapes[pool.Input];
        return pool.Size.Select((window, axis) => (window, axis)).All(item =>
        {
            int before = WindowGeometry.PaddingBefore(input[item.axis], item.window, pool.Strides[item.axis], 1, pool.Padding);
            int outputs = WindowGeometry.OutputSize(input[item.axis], item.window, pool.Strides[item.axis], 1, pool.Padding);
            return Enumerable.Range(0, outputs).All(n =>
            {
                int first = (n * pool.Strides[item.axis]) - before;
                int inside = Math.Min(first + item.window, input[item.axis]) - Math.Max(first, 0);
                return BitOperations.IsPow2(inside);
            });
        });
    }
}
