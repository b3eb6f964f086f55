using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Export.Layers;
using HGQ.Runtime.Layers;
using TorchSharp.Modules;

namespace HGQ.Runtime.Export;

/// <summary>Freezes a trained and traced model: from here on there are only integers.</summary>
public static class ModelExporter
{
    // One exporter a kind of layer; their order is of no account, since a layer is of one kind.
    private static readonly ILayerExporter[] Exporters =
    [
        new QuantizeExporter(), new SignatureExporter(),
        new DenseExporter(), new ConvExporter(), new ActivationExporter(),
        new AddExporter(), new SubtractExporter(), new MultiplyExporter(), new MatMulExporter(),
        new MaximumExporter(), new MinimumExporter(), new SumExporter(), new ReduceMaxExporter(), new ScaleOffsetExporter(),
        new MaxPoolExporter(), new AveragePoolExporter(),
        new ReshapeExporter(), new FlattenExporter(), new PermuteExporter(), new ConcatenateExporter(), new SliceExporter(),
        new DropoutExporter(),
    ];

    /// <summary>Exports a model whose ranges were traced (<see cref="Calibration.MinmaxTracer"/>).</summary>
    /// <remarks>A batch norm is folded in the model's precision: convert a model that has one to float64 before it is traced.</remarks>
    /// <exception cref="ExportException">A layer has no recorded range, or can't be represented by integers of at most 64 bits.</exception>
    public static ModelGraph Export(HgqModel model, ExportOptions options) => ExportLowered(model, options).Graph;

    /// <summary>The same with the program that the model is lowered to.</summary>
    /// <exception cref="ExportException">A layer has no recorded range, or can't be represented by integers of at most 64 bits.</exception>
    public static ExportedModel ExportLowered(HgqModel model, ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.OutputNames is { } names && names.Count != model.Outputs.Count)
        {
            throw new ExportException(
                model.Outputs[0].Name,
                FormattableString.Invariant($"{names.Count} names are given for the {model.Outputs.Count} outputs of the model."));
        }

        var context = new ExportContext(model, new ExportRules(
            options.Overflow, options.InputOverflow, options.InputMarginBits, options.MaximumTableEntries));
        context.Add(model.InputPorts.Select(static p => new InputLayer(p.Name, ExportContext.ShapeOf(p.OutputShape))));
        FinalSoftmax[] dropped = options.ArgmaxOnly ? [.. FinalSoftmax.Of(model)] : [];
        foreach (HLayer layer in model.Layers.Where(layer => !dropped.Any(softmax => softmax.Holds(layer))))
        {
            RequireIntegers(layer);
            RequireFinite(layer);
            context.Add(Export(layer, context));
        }

        HLayer Left(HLayer output) => ExportContext.Exported(dropped.FirstOrDefault(softmax => softmax.Output == output)?.Input ?? output);
        ModelOutput[] outputs = [.. model.Outputs.Select((o, i) => new ModelOutput(options.OutputNames?[i] ?? o.Name, Left(o).Name))];
        return Lower(new ModelGraph(options.Name, context.Nodes.ToArray(), outputs, options.Metadata));
    }

    private static void RequireIntegers(HLayer layer)
    {
        HLayer? port = layer.Inputs.Select(ExportContext.Exported).FirstOrDefault(static input => input is HInput);
        if (port is not null && layer is not (HQuantize or Signature or PDropout))
        {
            throw new ExportException(layer.Name, $"it reads the real numbers of the input '{port.Name}'; put an HQuantize or a Signature between them.");
        }
    }

    private static void RequireFinite(HLayer layer)
    {
        foreach ((string name, Parameter parameter) in layer.named_parameters())
        {
            if (FiniteValues.Find(parameter) is { } found)
            {
                throw new ExportException(
                    layer.Name,
                    FormattableString.Invariant($"element {found.Element} of its parameter '{name}' is {found.Value}; training went astray: go back to an earlier state, or train with a smaller learning rate."));
            }
        }
    }

    // The lowering refuses what integers of 64 bits can't do.
    private static ExportedModel Lower(ModelGraph graph)
    {
        try
        {
            return ExportedModel.Of(graph);
        }
        catch (ModelGraphException e)
        {
            throw new ExportException(e.Layer, e.Message, e);
        }
    }

    private static IReadOnlyList<LayerNode> Export(HLayer layer, ExportContext context)
    {
        try
        {
            return Exporters.Select(exporter => exporter.TryExport(layer, context)).FirstOrDefault(static nodes => nodes is not null)
                ?? throw new ExportException(layer.Name, $"there is no exporter for layers of the kind {layer.GetType().Name}.");
        }
        catch (LayerExportFault fault)
        {
            throw new ExportException(fault.Layer, fault.Message, fault.InnerException);
        }
    }
}
