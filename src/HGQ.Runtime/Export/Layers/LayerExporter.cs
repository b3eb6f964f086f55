using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>Turns one kind of trained layer into layers of the model file. A new kind is a class of its own, named in <c>ModelExporter</c>.</summary>
internal interface ILayerExporter
{
    /// <summary>The layers of the model file for a trained layer; null where it is of another kind.</summary>
    /// <remarks>The last of them has the trained layer's name, which the layers behind it read.</remarks>
    IReadOnlyList<LayerNode>? TryExport(HLayer layer, ExportContext context);
}

/// <summary>An exporter for the layers of one class.</summary>
/// <typeparam name="TLayer">The class.</typeparam>
internal abstract class LayerExporter<TLayer> : ILayerExporter
    where TLayer : HLayer
{
    /// <inheritdoc/>
    public IReadOnlyList<LayerNode>? TryExport(HLayer layer, ExportContext context) =>
        layer is TLayer mine ? Export(mine, context) : null;

    /// <summary>The layers of the model file for a trained layer.</summary>
    protected abstract IReadOnlyList<LayerNode> Export(TLayer layer, ExportContext context);
}
