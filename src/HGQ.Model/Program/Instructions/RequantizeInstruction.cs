using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>Optional max(x, 0), then shift and round, then overflow into the destination's format (integer-program.md §6).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Source">Buffer that is read.</param>
/// <param name="Destination">Buffer that is written, same length.</param>
/// <param name="Relu">Negative values become 0 first.</param>
/// <param name="Shifts">Per element: bits dropped (positive) or added (negative).</param>
/// <param name="Roundings">Per element; Truncate where nothing is dropped.</param>
/// <param name="Overflows">Per element; None where the interval proves that the result fits.</param>
public sealed record RequantizeInstruction(
    string Layer,
    int Source,
    int Destination,
    bool Relu,
    EquatableArray<int> Shifts,
    EquatableArray<RoundingMode> Roundings,
    EquatableArray<OverflowAction> Overflows) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitRequantize(this);
}
