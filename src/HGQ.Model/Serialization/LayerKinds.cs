using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <summary>The words for the kinds of layers; a visitor, so that a new kind without a word doesn't compile.</summary>
internal sealed class LayerKinds : ILayerVisitor<string>
{
    public const string Input = "input";
    public const string Quantize = "quantize";
    public const string Dense = "dense";
    public const string Convolution = "convolution";
    public const string ScaleOffset = "scaleOffset";
    public const string Relu = "relu";
    public const string Clamp = "clamp";
    public const string Table = "table";
    public const string Add = "add";
    public const string Multiply = "multiply";
    public const string MatMul = "matMul";
    public const string Extremum = "extremum";
    public const string Pool = "pool";
    public const string Reduce = "reduce";
    public const string Shift = "shift";
    public const string Reshape = "reshape";
    public const string Permute = "permute";
    public const string Concatenate = "concatenate";
    public const string Slice = "slice";

    public static readonly LayerKinds Instance = new();

    public string VisitInput(InputLayer layer) => Input;

    public string VisitQuantize(QuantizeLayer layer) => Quantize;

    public string VisitDense(DenseLayer layer) => Dense;

    public string VisitConv(ConvLayer layer) => Convolution;

    public string VisitScaleOffset(ScaleOffsetLayer layer) => ScaleOffset;

    public string VisitRelu(ReluLayer layer) => Relu;

    public string VisitClamp(ClampLayer layer) => Clamp;

    public string VisitTable(TableLayer layer) => Table;

    public string VisitAdd(AddLayer layer) => Add;

    public string VisitMultiply(MultiplyLayer layer) => Multiply;

    public string VisitMatMul(MatMulLayer layer) => MatMul;

    public string VisitExtremum(ExtremumLayer layer) => Extremum;

    public string VisitPool(PoolLayer layer) => Pool;

    public string VisitReduce(ReduceLayer layer) => Reduce;

    public string VisitShift(ShiftLayer layer) => Shift;

    public string VisitReshape(ReshapeLayer layer) => Reshape;

    public string VisitPermute(PermuteLayer layer) => Permute;

    public string VisitConcatenate(ConcatenateLayer layer) => Concatenate;

    public string VisitSlice(SliceLayer layer) => Slice;
}
