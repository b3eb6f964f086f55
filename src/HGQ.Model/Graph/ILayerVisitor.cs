namespace HGQ.Model.Graph;

/// <summary>One method per kind of layer: a new kind is a compile error in everything that must handle it.</summary>
/// <typeparam name="T">What a visit answers.</typeparam>
public interface ILayerVisitor<out T>
{
    /// <summary>Visits a <see cref="InputLayer"/>.</summary>
    T VisitInput(InputLayer layer);

    /// <summary>Visits a <see cref="QuantizeLayer"/>.</summary>
    T VisitQuantize(QuantizeLayer layer);

    /// <summary>Visits a <see cref="DenseLayer"/>.</summary>
    T VisitDense(DenseLayer layer);

    /// <summary>Visits a <see cref="ConvLayer"/>.</summary>
    T VisitConv(ConvLayer layer);

    /// <summary>Visits a <see cref="ScaleOffsetLayer"/>.</summary>
    T VisitScaleOffset(ScaleOffsetLayer layer);

    /// <summary>Visits a <see cref="ReluLayer"/>.</summary>
    T VisitRelu(ReluLayer layer);

    /// <summary>Visits a <see cref="ClampLayer"/>.</summary>
    T VisitClamp(ClampLayer layer);

    /// <summary>Visits a <see cref="TableLayer"/>.</summary>
    T VisitTable(TableLayer layer);

    /// <summary>Visits a <see cref="AddLayer"/>.</summary>
    T VisitAdd(AddLayer layer);

    /// <summary>Visits a <see cref="MultiplyLayer"/>.</summary>
    T VisitMultiply(MultiplyLayer layer);

    /// <summary>Visits a <see cref="MatMulLayer"/>.</summary>
    T VisitMatMul(MatMulLayer layer);

    /// <summary>Visits a <see cref="ExtremumLayer"/>.</summary>
    T VisitExtremum(ExtremumLayer layer);

    /// <summary>Visits a <see cref="PoolLayer"/>.</summary>
    T VisitPool(PoolLayer layer);

    /// <summary>Visits a <see cref="ReduceLayer"/>.</summary>
    T VisitReduce(ReduceLayer layer);

    /// <summary>Visits a <see cref="ShiftLayer"/>.</summary>
    T VisitShift(ShiftLayer layer);

    /// <summary>Visits a <see cref="ReshapeLayer"/>.</summary>
    T VisitReshape(ReshapeLayer layer);

    /// <summary>Visits a <see cref="PermuteLayer"/>.</summary>
    T VisitPermute(PermuteLayer layer);

    /// <summary>Visits a <see cref="ConcatenateLayer"/>.</summary>
    T VisitConcatenate(ConcatenateLayer layer);

    /// <summary>Visits a <see cref="SliceLayer"/>.</summary>
    T VisitSlice(SliceLayer layer);
}
