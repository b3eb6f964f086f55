using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Hardware.Words;

/// <summary>An element of an input port: any code of its format.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">The whole range of the port's format.</param>
/// <param name="Port">Index into <see cref="HardwareNetwork.Inputs"/>.</param>
/// <param name="Element">Element of the port.</param>
public sealed record InputNode(int Layer, RawInterval Interval, int Port, int Element) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitInput(this);
}

/// <summary>A number that is the same for every sample: the only value of its interval.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">The point interval of the value.</param>
public sealed record ConstantNode(int Layer, RawInterval Interval) : WordNode(Layer, Interval)
{
    /// <summary>The number.</summary>
    public BigInteger Value => Interval.Low;

    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitConstant(this);
}

/// <summary>A summand of a <see cref="SumNode"/>.</summary>
/// <param name="Node">Index of the node that is read.</param>
/// <param name="Weight">What it is multiplied by, not 0: shifts and signs are weights ±2^n.</param>
public readonly record struct SumTerm(int Node, long Weight);

/// <summary>Bias + Σ weight · node, exact. How weights become additions and subtractions is the mapper's business.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the sum.</param>
/// <param name="Bias">Constant summand.</param>
/// <param name="Terms">In rising order of nodes, each node at most once.</param>
public sealed record SumNode(int Layer, RawInterval Interval, BigInteger Bias, EquatableArray<SumTerm> Terms) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitSum(this);
}

/// <summary>The source's bits dropped (shift above 0) with a rounding, or moved up (shift below 0) exactly: fixed-point.md §2.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the result.</param>
/// <param name="Source">Index of the node that is read.</param>
/// <param name="Shift">Bits dropped; negative: zeros appended.</param>
/// <param name="Rounding">What becomes of the dropped bits; Truncate is wiring only.</param>
public sealed record ShiftNode(int Layer, RawInterval Interval, int Source, int Shift, RoundingMode Rounding) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitShift(this);
}

/// <summary>The source modulo 2^Bits, read with or without a sign: wiring only.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the result, at least that of the format.</param>
/// <param name="Source">Index of the node that is read.</param>
/// <param name="Bits">Low bits kept, at least 1.</param>
/// <param name="Signed">Whether the highest kept bit is a sign.</param>
public sealed record WrapNode(int Layer, RawInterval Interval, int Source, int Bits, bool Signed) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitWrap(this);
}

/// <summary>The larger or the smaller of two words. Relu is the larger of a word and the constant 0; a clamp is two of these.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the result.</param>
/// <param name="Left">Index of one node; the lower index of the two.</param>
/// <param name="Right">Index of the other node.</param>
/// <param name="Maximum">The larger; else the smaller.</param>
public sealed record ExtremumNode(int Layer, RawInterval Interval, int Left, int Right, bool Maximum) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitExtremum(this);
}

/// <summary>The source where it lies within limits, else 0.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the result.</param>
/// <param name="Source">Index of the node that is read.</param>
/// <param name="Low">Smallest value that is kept.</param>
/// <param name="High">Largest value that is kept.</param>
public sealed record ZeroOutsideNode(int Layer, RawInterval Interval, int Source, BigInteger Low, BigInteger High) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitZeroOutside(this);
}

/// <summary>table[source mod 2^W], W the width of the table's input format.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the entries that can be read.</param>
/// <param name="Source">Index of the node that is read.</param>
/// <param name="Table">Index into <see cref="HardwareNetwork.Tables"/>.</param>
public sealed record TableNode(int Layer, RawInterval Interval, int Source, int Table) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitTable(this);
}

/// <summary>The exact product of two words.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Interval">Range of the product.</param>
/// <param name="Left">Index of one node; the lower index of the two.</param>
/// <param name="Right">Index of the other node; the same for a square.</param>
public sealed record ProductNode(int Layer, RawInterval Interval, int Left, int Right) : WordNode(Layer, Interval)
{
    /// <inheritdoc/>
    public override T Accept<T>(IWordNodeVisitor<T> visitor) => visitor.VisitProduct(this);
}
