using System.Linq;
using HGQ.Model.Cost;
using HGQ.Model.Graph;

namespace HGQ.Model.Inspection;

/// <summary>
/// The bits of a layer's weights as a table: of each weight the bits from its highest to its lowest set one, as EBOPs count them; 0 where
/// the weight is 0.
/// </summary>
/// <param name="Rows">What a weight reads: inputs of a dense layer, taps and channels of a convolution.</param>
/// <param name="Columns">What a weight adds to: outputs.</param>
/// <param name="Bits">Bits by [row · columns + column].</param>
public sealed record LayerWeights(int Rows, int Columns, EquatableArray<int> Bits)
{
    private static readonly Finder Weights = new();

    /// <summary>The weights of a layer; null where it has none.</summary>
    public static LayerWeights? Of(LayerNode layer) => layer.Accept(Weights) is { } tensor
        ? new LayerWeights(
            tensor.Shape.Size / tensor.Shape.Channels,
            tensor.Shape.Channels,
            tensor.Raw.Select(EffectiveBitOperations.SignificantBits).ToArray())
        : null;

    private sealed class Finder : ILayerVisitor<IntegerTensor?>
    {
        public IntegerTensor? VisitDense(DenseLayer layer) => layer.Kernel;

        public IntegerTensor? VisitConv(ConvLayer layer) => layer.Kernel;

        public IntegerTensor? VisitScaleOffset(ScaleOffsetLayer layer) => layer.Scale;

        public IntegerTensor? VisitInput(InputLayer layer) => null;

        public IntegerTensor? VisitQuantize(QuantizeLayer layer) => null;

        public IntegerTensor? VisitRelu(ReluLayer layer) => null;

        public IntegerTensor? VisitClamp(ClampLayer layer) => null;

        public IntegerTensor? VisitTable(TableLayer layer) => null;

        public IntegerTensor? VisitAdd(AddLayer layer) => null;

        public IntegerTensor? VisitMultiply(MultiplyLayer layer) => null;

        public IntegerTensor? VisitMatMul(MatMulLayer layer) => null;

        public IntegerTensor? VisitExtremum(ExtremumLayer layer) => null;

        public IntegerTensor? VisitPool(PoolLayer layer) => null;

        public IntegerTensor? VisitReduce(ReduceLayer layer) => null;

        public IntegerTensor? VisitShift(ShiftLayer layer) => null;

        public IntegerTensor? VisitReshape(ReshapeLayer layer) => null;

        public IntegerTensor? VisitPermute(PermuteLayer layer) => null;

        public IntegerTensor? VisitConcatenate(ConcatenateLayer layer) => null;

        public IntegerTensor? VisitSlice(SliceLayer layer) => null;
    }
}
