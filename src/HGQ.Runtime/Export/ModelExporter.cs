using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Export.Layers;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export;

/// <summary>Freezes a trained and traced model: from here on there are only integers.</summary>
public static class ModelExporter
{
    // One exporter a kind of layer; their order is of no account, since a layer has one class.
    private static readonly ILayerExporter[] Exporters = [new QuantizeExporter(), new DenseExporter()];

    /// <summary>Exports a model whose ranges were traced (<see cref="Calibration.MinmaxTracer"/>).</summary>
    /// <exception cref="ExportException">A layer has no recorded range, or is of a kind that can't be exported.</exception>
    public static ModelGraph Export(HgqModel model, ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var context = new ExportContext(options);
        List<LayerNode> nodes = [.. model.InputPorts.Select(static p => new InputLayer(p.Name, ExportContext.ShapeOf(p.OutputShape)))];
        foreach (HLayer layer in model.Layers)
        {
            nodes.AddRange(Export(layer, context));
        }

        ModelOutput[] outputs = [.. model.Outputs.Select((o, i) => new ModelOutput(options.OutputNames?[i] ?? o.Name, o.Name))];
        return new ModelGraph(options.Name, nodes.ToArray(), outputs, options.Metadata);
    }

    private static IReadOnlyList<LayerNode> Export(HLayer layer, ExportContext context)
    {
        foreach (ILayerExporter exporter in Exporters)
        {
            if (exporter.TryExport(layer, context) is { } nodes)
            {
                return nodes;
            }
        }

        throw new ExportException(layer.Name, $"there is no exporter for layers of the kind {layer.GetType().Name}.");
    }
}
