using System;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>A layer without constants, with other inputs and a quantizer.</summary>
internal sealed class Rewiring(string[] inputs, QuantizerSpec? format) : ILayerVisitor<LayerNode>
{
    public LayerNode VisitInput(InputLayer layer) => layer;

    public LayerNode VisitQuantize(QuantizeLayer layer) => throw Unexpected(layer);

    public LayerNode VisitDense(DenseLayer layer) => throw Unexpected(layer);

    public LayerNode VisitConv(ConvLayer layer) => throw Unexpected(layer);

    // Zeros that pad.
    public LayerNode VisitScaleOffset(ScaleOffsetLayer layer)
        => new ScaleOffsetLayer(layer.Name, inputs[0], layer.Scale, layer.Offset, layer.Activation, format);

    public LayerNode VisitRelu(ReluLayer layer) => throw Unexpected(layer);

    public LayerNode VisitClamp(ClampLayer layer) => throw Unexpected(layer);

    public LayerNode VisitTable(TableLayer layer) => throw Unexpected(layer);

    public LayerNode VisitAdd(AddLayer layer) => new AddLayer(layer.Name, inputs, layer.Negate, format);

    public LayerNode VisitMultiply(MultiplyLayer layer) => new MultiplyLayer(layer.Name, inputs[0], inputs[1], format);

    public LayerNode VisitMatMul(MatMulLayer layer) => new MatMulLayer(layer.Name, inputs[0], inputs[1], layer.TransposeRight, format);

    public LayerNode VisitExtremum(ExtremumLayer layer) => new ExtremumLayer(layer.Name, inputs, layer.Kind, format);

    public LayerNode VisitPool(PoolLayer layer)
        => new PoolLayer(layer.Name, inputs[0], layer.Kind, layer.Size, layer.Strides, layer.Padding, format);

    public LayerNode VisitReduce(ReduceLayer layer)
        => new ReduceLayer(layer.Name, inputs[0], layer.Kind, layer.Axes, layer.KeepDimensions, format);

    public LayerNode VisitShift(ShiftLayer layer) => throw Unexpected(layer);

    public LayerNode VisitReshape(ReshapeLayer layer) => new ReshapeLayer(layer.Name, inputs[0], layer.Shape);

    public LayerNode VisitPermute(PermuteLayer layer) => new PermuteLayer(layer.Name, inputs[0], layer.Axes);

    public LayerNode VisitConcatenate(ConcatenateLayer layer) => new ConcatenateLayer(layer.Name, inputs, layer.Axis);

    public LayerNode VisitSlice(SliceLayer layer) => new SliceLayer(layer.Name, inputs[0], layer.Begin, layer.Size, layer.Steps);

    private static InvalidOperationException Unexpected(LayerNode layer) => new($"'{layer.Name}' has constants");
}
