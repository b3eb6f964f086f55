namespace HGQ.Model.Program;

/// <summary>One tensor-level integer operation on flat buffers; the closed set of docs/integer-program.md.</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Destination">Buffer that is written; every buffer is written by exactly one instruction.</param>
public abstract record Instruction(string Layer, int Destination)
{
    /// <summary>Calls the visitor's method for this instruction.</summary>
    public abstract T Accept<T>(IInstructionVisitor<T> visitor);
}
