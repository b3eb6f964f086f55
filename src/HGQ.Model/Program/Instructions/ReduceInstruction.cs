using HGQ.Model.Graph;

namespace HGQ.Model.Program;

/// <summary>Maximum or minimum over lists of elements (integer-program.md §9).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Kind">Max or Min; sums are constant products.</param>
/// <param name="Source">Buffer that is read; all elements of one list have equal fraction bits.</param>
/// <param name="Destination">Buffer that is written.</param>
/// <param name="Terms">T: elements of each list.</param>
/// <param name="Indices">[destination element · T + t]: element of the source.</param>
public sealed record ReduceInstruction(
    string Layer,
    ReductionKind Kind,
    int Source,
    int Destination,
    int Terms,
    EquatableArray<int> Indices) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitReduce(this);
}
