using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Sends each layer to its lowering; one file a kind in Layers/.</summary>
internal sealed class LayerLowering : ILayerVisitor<LoweredTensor>
{
    private readonly LoweringContext _context;

    private LayerLowering(LoweringContext context) => _context = context;

    /// <summary>Lowers all layers in order.</summary>
    public static ProgramDraft Lower(ModelGraph graph)
    {
        var context = new LoweringContext(graph, ShapeInference.Infer(graph));
        var lowering = new LayerLowering(context);
        foreach (var layer in graph.Layers)
        {
            context.Finish(layer, layer.Accept(lowering));
        }

        foreach (var output in graph.Outputs)
        {
            var tensor = context.Integers(output.Layer, output.Layer);
            context.Draft.Outputs.Add(new ProgramOutput(output.Name, tensor.Shape, tensor.Buffer));
        }

        return context.Draft;
    }

    public LoweredTensor VisitInput(InputLayer layer) => InputLowering.Lower(_context, layer);

    public LoweredTensor VisitQuantize(QuantizeLayer layer) => QuantizeLowering.Lower(_context, layer);

    public LoweredTensor VisitDense(DenseLayer layer) => DenseLowering.Lower(_context, layer);

    public LoweredTensor VisitConv(ConvLayer layer) => ConvLowering.Lower(_context, layer);

    public LoweredTensor VisitScaleOffset(ScaleOffsetLayer layer) => ScaleOffsetLowering.Lower(_context, layer);

    public LoweredTensor VisitRelu(ReluLayer layer) => ReluLowering.Lower(_context, layer);

    public LoweredTensor VisitClamp(ClampLayer layer) => ClampLowering.Lower(_context, layer);

    public LoweredTensor VisitTable(TableLayer layer) => TableLowering.Lower(_context, layer);

    public LoweredTensor VisitAdd(AddLayer layer) => AddLowering.Lower(_context, layer);

    public LoweredTensor VisitMultiply(MultiplyLayer layer) => MultiplyLowering.Lower(_context, layer);

    public LoweredTensor VisitMatMul(MatMulLayer layer) => MatMulLowering.Lower(_context, layer);

    public LoweredTensor VisitExtremum(ExtremumLayer layer) => ExtremumLowering.Lower(_context, layer);

    public LoweredTensor VisitPool(PoolLayer layer) => PoolLowering.Lower(_context, layer);

    public LoweredTensor VisitReduce(ReduceLayer layer) => ReduceLowering.Lower(_context, layer);

    public LoweredTensor VisitShift(ShiftLayer layer) => ShiftLowering.Lower(_context, layer);

    public LoweredTensor VisitReshape(ReshapeLayer layer) => _context.Integers(layer.Name, layer.Input) with { Shape = layer.Shape };

    public LoweredTensor VisitPermute(PermuteLayer layer) => PermuteLowering.Lower(_context, layer);

    public LoweredTensor VisitConcatenate(ConcatenateLayer layer) => ConcatenateLowering.Lower(_context, layer);

    public LoweredTensor VisitSlice(SliceLayer layer) => SliceLowering.Lower(_context, layer);
}
