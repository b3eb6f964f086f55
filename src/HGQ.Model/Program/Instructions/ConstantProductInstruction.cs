namespace HGQ.Model.Program;

/// <summary>Constant matrix times vector at many positions: dense, convolution, scale (integer-program.md §3).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Source">Buffer that is read.</param>
/// <param name="Destination">Buffer that is written; element (p·Groups + g)·Outputs + o; formats do not depend on p.</param>
/// <param name="Positions">P: how often the kernel is applied.</param>
/// <param name="Groups">G: kernels applied side by side.</param>
/// <param name="Taps">T: source elements each kernel reads.</param>
/// <param name="Outputs">O: results of each kernel.</param>
/// <param name="PositionOffsets">[P] first summand of the source index.</param>
/// <param name="TapOffsets">[G·T] second summand of the source index.</param>
/// <param name="Weights">[(g·T + t)·O + o], alignment shifts included.</param>
/// <param name="Bias">[g·O + o] at the destination's fraction bits.</param>
public sealed record ConstantProductInstruction(
    string Layer,
    int Source,
    int Destination,
    int Positions,
    int Groups,
    int Taps,
    int Outputs,
    EquatableArray<int> PositionOffsets,
    EquatableArray<int> TapOffsets,
    EquatableArray<long> Weights,
    EquatableArray<long> Bias) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitConstantProduct(this);
}
