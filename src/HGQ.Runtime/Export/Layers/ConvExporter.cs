using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HConv of one or two dimensions, with or without a batch norm → ConvLayer.</summary>
internal sealed class ConvExporter : LayerExporter<HConv>
{
    protected override IReadOnlyList<LayerNode> Export(HConv layer, ExportContext context)
    {
        KernelConstants constants = KernelConstants.Of(layer);
        return
        [
            new ConvLayer(
                layer.Name,
                ExportContext.SourceOf(layer),
                constants.Kernel,
                constants.Bias,
                WindowArguments.Entries(layer.Strides),
                WindowArguments.Entries(layer.Dilations),
                WindowArguments.Kind(layer.Options.Padding),
                checked((int)layer.Options.Groups),
                constants.Activation,
                context.QuantizerOf(layer),
                layer.Options.ParallelFactor),
        ];
    }
}
