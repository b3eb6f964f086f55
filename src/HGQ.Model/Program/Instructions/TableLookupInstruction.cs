namespace HGQ.Model.Program;

/// <summary>table[raw mod 2^width] (integer-program.md §8).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Source">Buffer that is read.</param>
/// <param name="Destination">Buffer that is written, same length.</param>
/// <param name="TableOf">Per element: index into <see cref="IntegerProgram.Tables"/>.</param>
public sealed record TableLookupInstruction(
    string Layer,
    int Source,
    int Destination,
    EquatableArray<int> TableOf) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitTableLookup(this);
}
