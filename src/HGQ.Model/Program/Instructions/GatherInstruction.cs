namespace HGQ.Model.Program;

/// <summary>Copies elements by an index map (integer-program.md §2).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Sources">Buffers that are read.</param>
/// <param name="Destination">Buffer that is written.</param>
/// <param name="SourceOf">Per element: index into Sources, or −1 for a constant.</param>
/// <param name="IndexOf">Per element: element of that source (0 for a constant).</param>
/// <param name="Constants">Per element: the constant where SourceOf is −1, else 0; empty where there is none.</param>
public sealed record GatherInstruction(
    string Layer,
    EquatableArray<int> Sources,
    int Destination,
    EquatableArray<int> SourceOf,
    EquatableArray<int> IndexOf,
    EquatableArray<long> Constants) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitGather(this);
}
