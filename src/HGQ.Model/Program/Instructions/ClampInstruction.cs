namespace HGQ.Model.Program;

/// <summary>min(max(x, low), high) (integer-program.md §7).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Source">Buffer that is read.</param>
/// <param name="Destination">Buffer that is written, same length and fraction bits.</param>
/// <param name="Low">Per element lower limit, raw.</param>
/// <param name="High">Per element upper limit, raw.</param>
public sealed record ClampInstruction(
    string Layer,
    int Source,
    int Destination,
    EquatableArray<long> Low,
    EquatableArray<long> High) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitClamp(this);
}
