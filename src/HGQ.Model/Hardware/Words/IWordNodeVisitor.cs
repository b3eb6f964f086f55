namespace HGQ.Model.Hardware.Words;

/// <summary>One method per kind of node: a new kind is a compile error wherever networks are read.</summary>
/// <typeparam name="T">What a visit answers.</typeparam>
public interface IWordNodeVisitor<out T>
{
    /// <summary>Visits an <see cref="InputNode"/>.</summary>
    T VisitInput(InputNode node);

    /// <summary>Visits a <see cref="ConstantNode"/>.</summary>
    T VisitConstant(ConstantNode node);

    /// <summary>Visits a <see cref="SumNode"/>.</summary>
    T VisitSum(SumNode node);

    /// <summary>Visits a <see cref="ShiftNode"/>.</summary>
    T VisitShift(ShiftNode node);

    /// <summary>Visits a <see cref="WrapNode"/>.</summary>
    T VisitWrap(WrapNode node);

    /// <summary>Visits an <see cref="ExtremumNode"/>.</summary>
    T VisitExtremum(ExtremumNode node);

    /// <summary>Visits a <see cref="ZeroOutsideNode"/>.</summary>
    T VisitZeroOutside(ZeroOutsideNode node);

    /// <summary>Visits a <see cref="TableNode"/>.</summary>
    T VisitTable(TableNode node);

    /// <summary>Visits a <see cref="ProductNode"/>.</summary>
    T VisitProduct(ProductNode node);
}
