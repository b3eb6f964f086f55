using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export.Layers;

/// <summary>Pooling as layers of the model file: global pooling is one window over everything, whose dimensions a reshape drops.</summary>
internal static class PoolNodes
{
    /// <summary>Layers that end in one of the pool's name.</summary>
    public static IReadOnlyList<LayerNode> Of(Runtime.Layers.PoolLayer layer, PoolKind kind) => Of(layer, kind, layer.Name, null);

    /// <summary>Layers that end in one of the given name, with a quantizer of the pool's output.</summary>
    public static IReadOnlyList<LayerNode> Of(Runtime.Layers.PoolLayer layer, PoolKind kind, string result, QuantizerSpec? quantizer)
    {
        // A trained layer's name holds no dot, so that the added one is free.
        string name = layer.IsGlobal ? result + ".window" : result;
        if (quantizer is not null && layer.IsGlobal)
        {
            long[] shape = [.. Enumerable.Repeat(1L, layer.PoolSize.Count), .. layer.OutputShape];
            quantizer = quantizer with { Format = quantizer.Format with { Shape = ExportContext.ShapeOf(shape) } };
        }

        var pool = new HGQ.Model.Graph.PoolLayer(
            name,
            ExportContext.SourceOf(layer),
            kind,
            WindowArguments.Entries(layer.PoolSize),
            WindowArguments.Entries(layer.Strides),
            WindowArguments.Kind(layer.Padding),
            quantizer);
        return layer.IsGlobal ? [pool, new ReshapeLayer(result, name, ExportContext.ShapeOf(layer.OutputShape))] : [pool];
    }
}
