using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>HMatMul → MatMulLayer.</summary>
internal sealed class MatMulExporter : LayerExporter<HMatMul>
{
    protected override IReadOnlyList<LayerNode> Export(HMatMul layer, ExportContext context) =>
        [new MatMulLayer(layer.Name, ExportContext.SourceOf(layer), ExportContext.SourceOf(layer, 1), TransposeRight: false, context.QuantizerOf(layer))];
}
