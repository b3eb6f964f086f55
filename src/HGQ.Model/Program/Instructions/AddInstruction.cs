namespace HGQ.Model.Program;

/// <summary>Element-wise exact sum of shifted operands (integer-program.md §4).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Operands">Summands, all of the destination's length.</param>
/// <param name="Destination">Buffer that is written.</param>
public sealed record AddInstruction(
    string Layer,
    EquatableArray<AddOperand> Operands,
    int Destination) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitAdd(this);
}
