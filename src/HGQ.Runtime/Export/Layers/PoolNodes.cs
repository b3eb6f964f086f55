using System.Collections.Generic;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export.Layers;

/// <summary>Pooling as layers of the model file: global pooling is one window over everything, whose dimensions a reshape drops.</summary>
internal static class PoolNodes
{
    public static IReadOnlyList<LayerNode> Of(Runtime.Layers.PoolLayer layer, PoolKind kind)
    {
        // A trained layer's name holds no dot, so that the added one is free.
        string name = layer.IsGlobal ? layer.Name + ".window" : layer.Name;
        var pool = new PoolLayer(
            name,
            ExportContext.SourceOf(layer),
            kind,
            WindowArguments.Entries(layer.PoolSize),
            WindowArguments.Entries(layer.Strides),
            WindowArguments.Kind(layer.Padding),
            Quantizer: null);
        return layer.IsGlobal ? [pool, new ReshapeLayer(layer.Name, name, ExportContext.ShapeOf(layer.OutputShape))] : [pool];
    }
}
