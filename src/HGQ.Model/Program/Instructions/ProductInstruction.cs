namespace HGQ.Model.Program;

/// <summary>Batched exact matrix product of two buffers (integer-program.md §5).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Left">Buffer [Batch, Rows, Inner].</param>
/// <param name="Right">Buffer [Batch, Inner, Columns].</param>
/// <param name="Destination">Buffer [Batch, Rows, Columns].</param>
/// <param name="Batch">Number of products; an element-wise product has 1 for the other sizes.</param>
/// <param name="Rows">Rows of the left operand.</param>
/// <param name="Inner">Length of each sum.</param>
/// <param name="Columns">Columns of the right operand.</param>
public sealed record ProductInstruction(
    string Layer,
    int Left,
    int Right,
    int Destination,
    int Batch,
    int Rows,
    int Inner,
    int Columns) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitProduct(this);
}
