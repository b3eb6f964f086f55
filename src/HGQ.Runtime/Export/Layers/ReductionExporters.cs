using System.Collections.Generic;
using System.Linq;
using HGQ.Model;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HSum → ReduceLayer, and a moved binary point where the sum is scaled.</summary>
internal sealed class SumExporter : LayerExporter<HSum>
{
    protected override IReadOnlyList<LayerNode> Export(HSum layer, ExportContext context)
    {
        string source = ExportContext.SourceOf(layer);
        EquatableArray<int> axes = ReductionNodes.Axes(layer.Axes);
        QuantizerSpec quantizer = context.QuantizerOf(layer);
        if (layer.Shift == 0)
        {
            return [new ReduceLayer(layer.Name, source, ReductionKind.Sum, axes, layer.KeepDimensions, quantizer)];
        }

        // A trained layer's name holds no dot, so that the added ones are free.
        string sum = layer.Name + ".sum", scaled = layer.Name + ".scaled";
        return
        [
            new ReduceLayer(sum, source, ReductionKind.Sum, axes, layer.KeepDimensions, Quantizer: null),
            new ShiftLayer(scaled, sum, layer.Shift),
            new QuantizeLayer(layer.Name, scaled, quantizer),
        ];
    }
}

/// <summary>PReduceMax → ReduceLayer.</summary>
internal sealed class ReduceMaxExporter : LayerExporter<PReduceMax>
{
    protected override IReadOnlyList<LayerNode> Export(PReduceMax layer, ExportContext context) =>
        [new ReduceLayer(layer.Name, ExportContext.SourceOf(layer), ReductionKind.Max, ReductionNodes.Axes(layer.Axes), layer.KeepDimensions, Quantizer: null)];
}

/// <summary>Arguments of reductions in the model file, whose axes do not count the batch.</summary>
internal static class ReductionNodes
{
    public static EquatableArray<int> Axes(IReadOnlyList<long> axes) => axes.Select(static axis => (int)axis - 1).ToArray();
}
