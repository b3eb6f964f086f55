using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>A layer that combines several inputs element by element, with broadcasting, then quantizes.</summary>
public abstract class ElementwiseLayer : QuantizedOutputLayer
{
    /// <summary>Remembers the configuration.</summary>
    protected ElementwiseLayer(string? name, double beta, IQuantizerConfig? paq)
        : base(name, beta, paq)
    {
    }

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (2, int.MaxValue);

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = inputShapes.Aggregate(Broadcast);
        BuildActivationQuantizer(shape, AutoRounding(shape.Count, hasBias: false));
        return shape;
    }

    /// <summary>Widths of the inputs, each repeated to the shape of the outputs.</summary>
    private protected torch.Tensor[] InputWidths()
    {
        long[] shape = [1, .. OutputShape];
        return [.. Enumerable.Range(0, Inputs.Count).Select(i => InputBits(i).BroadcastTo(shape))];
    }

    private IReadOnlyList<long> Broadcast(IReadOnlyList<long> a, IReadOnlyList<long> b)
    {
        if (a.Count != b.Count || a.Zip(b).Any(n => n.First != n.Second && n.First != 1 && n.Second != 1))
        {
            throw new ArgumentException($"The layer {Label} can't combine [{string.Join(", ", a)}] and [{string.Join(", ", b)}].", nameof(b));
        }

        return [.. a.Zip(b, Math.Max)];
    }
}
