using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>Real input port → integer codes in the destination's formats (integer-program.md §1).</summary>
/// <param name="Layer">Graph layer this instruction belongs to.</param>
/// <param name="Input">Index into <see cref="IntegerProgram.Inputs"/>; element e reads real element e.</param>
/// <param name="Destination">Buffer of the codes.</param>
/// <param name="Rounding">Rounding of the real value.</param>
/// <param name="Overflow">Overflow after rounding.</param>
public sealed record QuantizeInputInstruction(
    string Layer,
    int Input,
    int Destination,
    RoundingMode Rounding,
    OverflowMode Overflow) : Instruction(Layer, Destination)
{
    /// <inheritdoc/>
    public override T Accept<T>(IInstructionVisitor<T> visitor) => visitor.VisitQuantizeInput(this);
}
